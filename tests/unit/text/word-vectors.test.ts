import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';
import { noiseTable, SHARES } from '../../../src/core/text/noise-table.ts';
import { learnWordVectors, WORD_VECTORS } from '../../../src/core/text/word-vectors.ts';

const FIRST = 4;
/** Words of either half stand only beside words of the same half. */
const HALF = 10;
const SIZE = FIRST + 2 * HALF;
const DIM = 8;

const options = {
  ...WORD_VECTORS,
  size: SIZE,
  firstWordId: FIRST,
  dim: DIM,
  seed: 1,
  subsample: 1,
};

function twoLanguages() {
  const random = createRandom(7);
  const [texts, length] = [300, 30];
  const ids = Int32Array.from({ length: texts * length }, (_, i) => {
    const half = Math.floor(i / length) % 2;
    return FIRST + half * HALF + random.int(HALF);
  });
  return { ids, offsets: Uint32Array.from({ length: texts + 1 }, (_, i) => i * length) };
}

function learn(changes: Partial<typeof options> = {}, texts = twoLanguages()) {
  const learning = learnWordVectors(texts, { ...options, ...changes });
  const shares: number[] = [];
  for (;;) {
    const { done, value } = learning.next();
    if (done) return { vectors: value, shares };
    shares.push(value);
  }
}

function cosine(vectors: Float32Array, a: number, b: number): number {
  const of = (id: number) => vectors.subarray(id * DIM, (id + 1) * DIM);
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  const [x, y] = [of(a), of(b)];
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

describe('word vectors', () => {
  it('bring words together that stand beside the same words', () => {
    const { vectors } = learn();
    const first = Array.from({ length: HALF }, (_, i) => FIRST + i);
    for (const word of first) {
      const within = first.filter((other) => other !== word);
      const closest = Math.min(...within.map((other) => cosine(vectors, word, other)));
      const across = Math.max(...first.map((other) => cosine(vectors, word, other + HALF)));
      expect(closest, `word ${word}`).toBeGreaterThan(across);
    }
  });

  it('are zeros for marks, and numbers for all words', () => {
    const { vectors } = learn();
    expect(vectors.subarray(0, FIRST * DIM).every((value) => value === 0)).toBe(true);
    expect(vectors.every(Number.isFinite)).toBe(true);
    expect(vectors.length).toBe(SIZE * DIM);
  });

  it('are the same for one seed, and others for another', () => {
    expect(learn().vectors).toEqual(learn().vectors);
    expect(learn({ seed: 2 }).vectors).not.toEqual(learn().vectors);
  });

  it('report how far they are', () => {
    const { shares } = learn();
    expect(shares.length).toBe(75);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares.at(-1)).toBeLessThan(1);
  });

  it('come out of empty texts as they began', () => {
    const { vectors } = learn({}, { ids: new Int32Array(0), offsets: new Uint32Array(3) });
    expect(vectors.every(Number.isFinite)).toBe(true);
  });
});

it('noise is drawn by the counts to the power of three quarters', () => {
  const table = noiseTable(Float64Array.of(0, 16, 0, 81));
  const share = (id: number) =>
    table.reduce((sum, entry) => sum + Number(entry === id), 0) / SHARES;
  expect(share(1)).toBeCloseTo(8 / 35, 5);
  expect(share(3)).toBeCloseTo(27 / 35, 5);
});
