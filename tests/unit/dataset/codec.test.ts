import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeShard, encodeShard, ShardError } from '../../../src/core/dataset/codec.ts';
import type { TokenTable } from '../../../src/core/dataset/types.ts';

const uint32 = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(0, 127, 128, 16_383, 16_384, 2 ** 21, 2 ** 28, 2 ** 32 - 1),
);
const review = fc.record({
  row: uint32,
  label: fc.integer({ min: 0, max: 1 }),
  split: fc.integer({ min: 0, max: 2 }),
  tokens: fc.array(uint32, { maxLength: 12 }),
});
const table = fc.array(review, { maxLength: 20 }).map((reviews): TokenTable => {
  const offsets = [0];
  for (const { tokens } of reviews) offsets.push(offsets.at(-1)! + tokens.length);
  return {
    rows: Uint32Array.from(reviews, ({ row }) => row),
    labels: Uint8Array.from(reviews, ({ label }) => label),
    splits: Uint8Array.from(reviews, ({ split }) => split),
    offsets: Uint32Array.from(offsets),
    tokens: Uint32Array.from(reviews.flatMap(({ tokens }) => tokens)),
  };
});

const SMALL: TokenTable = {
  rows: Uint32Array.of(3, 300),
  labels: Uint8Array.of(0, 1),
  splits: Uint8Array.of(0, 2),
  offsets: Uint32Array.of(0, 1, 3),
  tokens: Uint32Array.of(5, 6, 200),
};

function decodeError(bytes: Uint8Array): string {
  try {
    decodeShard(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(ShardError);
    return (error as Error).message;
  }
  throw new Error('decodeShard accepted the bytes');
}

describe('the token shard codec', () => {
  it('gives back every table', () => {
    fc.assert(
      fc.property(table, (value) => {
        expect(decodeShard(encodeShard(value))).toEqual(value);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('writes the documented layout', () => {
    const columns = [
      [0x55, 0x54, 0x4f, 0x4b, 1, 2, 3],
      [0, 1],
      [0, 2],
      [3, 0xac, 0x02],
      [1, 2],
      [5, 6, 0xc8, 0x01],
    ];
    expect([...encodeShard(SMALL)]).toEqual(columns.flat());
  });

  it('refuses every truncation', () => {
    const bytes = encodeShard(SMALL);
    for (let end = 0; end < bytes.length; end++) decodeError(bytes.slice(0, end));
  });

  it('never accepts bytes that it would write otherwise, and only fails as a ShardError', () => {
    const changed = fc.tuple(table, fc.nat(), fc.nat({ max: 255 })).map(([value, at, byte]) => {
      const bytes = encodeShard(value);
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(changed, (bytes) => {
        let decoded: TokenTable;
        try {
          decoded = decodeShard(bytes);
        } catch (error) {
          return error instanceof ShardError;
        }
        expect(encodeShard(decoded)).toEqual(bytes);
        return true;
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('says what is wrong', () => {
    const bytes = encodeShard(SMALL);
    const withByte = (at: number, value: number): Uint8Array => {
      const copy = bytes.slice();
      copy[at] = value;
      return copy;
    };
    expect(decodeError(new Uint8Array(3))).toMatch('at least 5 bytes, not 3');
    expect(decodeError(withByte(0, 0))).toMatch('do not start with "UTOK"');
    expect(decodeError(withByte(4, 9))).toMatch('version 9; only 1');
    expect(decodeError(withByte(7, 2))).toMatch('Review 0 has the label 2');
    expect(decodeError(withByte(10, 3))).toMatch('Review 1 has the split 3');
    expect(decodeError(withByte(14, 2))).toMatch("do not add up to the shard's 3 tokens");
    expect(decodeError(Uint8Array.of(...bytes, 0))).toMatch('1 bytes after its last token');
    expect(decodeError(withByte(19, 0x80))).toMatch('tokens cannot be read: the bytes end');
    expect(decodeError(withByte(19, 0))).toMatch('needless bytes');
  });

  it('allocates nothing for a header that claims more than there is', () => {
    const huge = [0xff, 0xff, 0xff, 0xff, 0x0f];
    const magic = [0x55, 0x54, 0x4f, 0x4b, 1];
    expect(decodeError(Uint8Array.of(...magic, ...huge, ...huge))).toMatch('truncated');
    expect(decodeError(Uint8Array.of(...magic, 0, ...huge))).toMatch('4294967295 tokens');
    const above32Bits = [0xff, 0xff, 0xff, 0xff, 0x1f];
    expect(decodeError(Uint8Array.of(...magic, ...above32Bits))).toMatch('exceeds 32 bits');
  });

  it('does not let lengths wrap round', () => {
    const most = [0xff, 0xff, 0xff, 0xff, 0x0f];
    const bytes = Uint8Array.of(0x55, 0x54, 0x4f, 0x4b, 1, 2, 0, 0, 0, 0, 0, 0, 1, ...most, 1);
    expect(decodeError(bytes)).toMatch('do not add up');
  });

  it('refuses to encode columns that disagree', () => {
    const refuse = (change: Partial<TokenTable>): void => {
      expect(() => encodeShard({ ...SMALL, ...change })).toThrow(ShardError);
    };
    refuse({ labels: Uint8Array.of(0) });
    refuse({ labels: Uint8Array.of(0, 2) });
    refuse({ splits: Uint8Array.of(0, 3) });
    refuse({ offsets: Uint32Array.of(0, 3) });
    refuse({ offsets: Uint32Array.of(1, 1, 3) });
    refuse({ offsets: Uint32Array.of(0, 1, 2) });
    refuse({ offsets: Uint32Array.of(0, 4, 3) });
  });
});
