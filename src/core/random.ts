/** A source of reproducible pseudo-random numbers. */
export interface Random {
  /** Uniform in [0, 1), with 53 random bits. */
  next(): number;
  /** Uniform integer in [0, n), without modulo bias. Throws a RangeError unless 1 <= n <= 2^32. */
  int(n: number): number;
  /** Shuffles in place (Fisher–Yates) and returns the same array. */
  shuffle<A extends Shufflable>(array: A): A;
}

/** An array or typed array whose elements can be swapped. */
interface Shufflable {
  readonly length: number;
  [index: number]: unknown;
}

const TWO_32 = 2 ** 32;

/** One step of Murmur3's finaliser over a Weyl sequence: spreads close seeds far apart. */
function splitmix32(state: number): () => number {
  let s = state | 0;
  return () => {
    s = (s + 0x9e3779b9) | 0;
    let z = s;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) | 0;
  };
}

/**
 * The sfc32 generator (Chris Doty-Humphrey, PractRand), seeded through splitmix32. Equal seeds give
 * equal sequences on every platform, since only 32-bit integer arithmetic is used.
 *
 * @param seed a safe integer; all of its 53 bits count.
 * @throws RangeError when the seed is not a safe integer.
 */
export function createRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`The seed must be a safe integer, not ${seed}.`);
  }
  const low = splitmix32(seed % TWO_32);
  const high = splitmix32(Math.floor(seed / TWO_32));
  let a = low();
  let b = high();
  let c = low();
  let counter = 1;

  const next32 = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next32();

  const int = (n: number): number => {
    if (!Number.isInteger(n) || n < 1 || n > TWO_32) {
      throw new RangeError(`int(n) needs an integer n from 1 to 2^32, not ${n}.`);
    }
    // Draws beyond the last whole multiple of n would favour the small results: draw again.
    const limit = TWO_32 - (TWO_32 % n);
    let draw = next32();
    while (draw >= limit) draw = next32();
    return draw % n;
  };

  return {
    next: () => ((next32() >>> 5) * 2 ** 26 + (next32() >>> 6)) / 2 ** 53,
    int,
    shuffle: (array) => {
      const items: Shufflable = array;
      for (let i = items.length - 1; i > 0; i--) {
        const j = int(i + 1);
        [items[i], items[j]] = [items[j], items[i]];
      }
      return array;
    },
  };
}
