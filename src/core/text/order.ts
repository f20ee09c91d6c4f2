/** Orders strings by UTF-16 code units: the same in every locale. For `toSorted`. */
export function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
