const scratch = new Float32Array(1);
const bits = new Uint32Array(scratch.buffer);

/** The half-precision bits (IEEE 754 binary16) nearest to a number, ties to even. */
export function toFloat16(value: number): number {
  scratch[0] = value;
  const [single] = bits as unknown as [number];
  const sign = (single >>> 16) & 0x8000;
  const magnitude = single & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // 65,520 and above round to infinity.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  if (magnitude >= 0x38800000) {
    const odd = (magnitude >>> 13) & 1;
    return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
  }
  // Subnormal: a whole number of 2^-24.
  return sign | roundEven(Math.abs(scratch[0]) * 2 ** 24);
}

function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
