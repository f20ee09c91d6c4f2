/**
 * Unsigned LEB128 integers (DWARF 5, section 7.6): seven bits per byte, least significant first;
 * the high bit says that another byte follows. Small ranks, which are the frequent ones, take one
 * or two bytes.
 */

/** Why a run of bytes is not a valid integer. */
export class VarintError extends Error {
  override readonly name = 'VarintError';
}

/** Bytes that `value` (an unsigned 32-bit integer) takes. */
export function varintSize(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x20_0000) return 3;
  return value < 0x1000_0000 ? 4 : 5;
}

/** Writes `value` (an unsigned 32-bit integer) at `at`; returns the position after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 0x80) {
    bytes[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/**
 * Fills `into` with the integers that start at `at`; returns the position after the last one.
 *
 * @throws VarintError when the bytes end early, an integer exceeds 32 bits, or one is written longer
 *   than it needs to be (so that every table has exactly one encoding).
 */
export function readVarints(bytes: Uint8Array, at: number, into: Uint32Array): number {
  for (let i = 0; i < into.length; i++) {
    let byte = bytes[at++];
    if (byte !== undefined && byte < 0x80) {
      into[i] = byte;
      continue;
    }
    let value = 0;
    let shift = 0;
    for (;;) {
      if (byte === undefined) throw new VarintError(`the bytes end within integer ${i}`);
      if (shift === 28 && byte > 0x0f) throw new VarintError(`integer ${i} exceeds 32 bits`);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
      shift += 7;
      byte = bytes[at++];
    }
    if (byte === 0) throw new VarintError(`integer ${i} is written with needless bytes`);
    into[i] = value >>> 0;
  }
  return at;
}
