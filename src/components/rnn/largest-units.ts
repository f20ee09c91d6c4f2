/**
 * Size of the largest unit of a state after each timestep.
 *
 * @param h row-major, shape [1, T, U]
 */
export function largestUnits(h: ArrayLike<number>, [, steps, units]: readonly number[]): number[] {
  return Array.from({ length: steps! }, (_, t) => {
    let largest = 0;
    for (let u = 0; u < units!; u++) largest = Math.max(largest, Math.abs(h[t * units! + u]!));
    return largest;
  });
}
