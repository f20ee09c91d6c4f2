/** Words and tables of results, as Markdown. */

export const percent = (share: number, digits = 2): string => `${(100 * share).toFixed(digits)} %`;

export const whole = (value: number): string => value.toLocaleString('en-GB');

export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

/** A Markdown table. A cell with the separator in it would break it; none of ours has one. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
