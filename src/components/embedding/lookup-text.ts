interface Row {
  readonly word: string;
  readonly values: readonly number[];
}

/** A number with its sign, three decimals. */
export const number = (value: number): string =>
  `${value < 0 ? '−' : ' '}${Math.abs(value).toFixed(3)}`;

/** A one-hot row times a table: each column’s sum of products. */
export function timesTable(oneHot: readonly number[], rows: readonly Row[]): number[] {
  return rows[0]!.values.map((_, column) =>
    oneHot.reduce((sum, hot, row) => sum + hot * rows[row]!.values[column]!, 0),
  );
}

/** The first column’s sum, written out. */
export function describeLookup(rows: readonly Row[], picked: number): string {
  const products = rows.map(
    ({ values }, row) => `${row === picked ? 1 : 0}·${number(values[0]!).trim()}`,
  );
  return `Column 1: ${products.join(' + ')} = ${number(rows[picked]!.values[0]!).trim()}`;
}
