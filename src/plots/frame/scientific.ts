const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 0.001 → "10⁻³"; what is no power of ten keeps a factor: 0.0042 → "4.2·10⁻³". */
export function scientific(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const [factor = '', exponent = ''] = value.toExponential(1).split('e');
  const power = String(Number(exponent))
    .replace('-', '⁻')
    .replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]!);
  return `${factor === '1.0' ? '' : `${factor.replace('-', '−')}·`}10${power}`;
}
