import { createRandom } from '../random.ts';
import { noiseTable, SHARES } from './noise-table.ts';

/** Texts as word ids, one behind the other: text `i` owns `ids[offsets[i] .. offsets[i + 1])`. */
export interface WordSequences {
  readonly ids: Int32Array;
  readonly offsets: Uint32Array;
}

export interface WordVectorOptions {
  /** Ids are below it. */
  readonly size: number;
  /** Ids below it are marks: they are no neighbours, and have no vector. */
  readonly firstWordId: number;
  /** Width of a vector. */
  readonly dim: number;
  readonly seed: number;
  readonly epochs: number;
  /** Neighbours on either side at most; how many of them count is drawn anew at each word. */
  readonly window: number;
  /** Random words that each pair of neighbours is told from. */
  readonly negatives: number;
  /** Of the first step; it falls to nearly nothing. */
  readonly learningRate: number;
  /** Words that are a larger share of all are passed over now and then. */
  readonly subsample: number;
}

/** The settings of the paper, a smaller text's number of passes. */
export const WORD_VECTORS = {
  epochs: 5,
  window: 5,
  negatives: 5,
  learningRate: 0.025,
  subsample: 1e-4,
} as const;

/** Texts between two reports. */
const REPORT_EVERY = 20;
/** Steps of the tabulated logistic function, from −LIMIT to LIMIT. */
const LOGISTIC_STEPS = 1024;
const LIMIT = 6;

/**
 * Learns a vector for each word from the words that stand near it: skip-gram with negative sampling
 * (Mikolov et al., NeurIPS 2013). No label is read.
 *
 * @yields the share that is done, from 0 to 1
 * @returns [size, dim], row-major; zeros for marks
 */
export function* learnWordVectors(
  { ids, offsets }: WordSequences,
  options: WordVectorOptions,
): Generator<number, Float32Array> {
  const { size, firstWordId, dim, epochs, window, negatives, learningRate } = options;
  const counts = countIds(ids, size, firstWordId);
  const kept = keptShares(counts, options.subsample);
  const noise = noiseTable(counts);
  const random = createRandom(options.seed);
  const draw = xorshift(1 + random.int(2 ** 31));
  const vectors = new Float32Array(size * dim);
  for (let i = firstWordId * dim; i < vectors.length; i++) vectors[i] = (random.next() - 0.5) / dim;
  const contexts = new Float32Array(size * dim);
  const change = new Float32Array(dim);
  const logistic = logisticTable();

  const texts = offsets.length - 1;
  const order = random.shuffle(Uint32Array.from({ length: texts }, (_, i) => i));
  const words = new Int32Array(longest(offsets));
  for (let step = 0; step < epochs * texts; step++) {
    const text = order[step % texts]!;
    const rate = learningRate * Math.max(1e-3, 1 - step / (epochs * texts));
    let length = 0;
    for (let i = offsets[text]!; i < offsets[text + 1]!; i++) {
      if (kept[ids[i]!]! * 2 ** 32 > draw()) words[length++] = ids[i]!;
    }
    for (let at = 0; at < length; at++) {
      const reach = 1 + (draw() % window);
      const last = Math.min(length - 1, at + reach);
      for (let near = Math.max(0, at - reach); near <= last; near++) {
        if (near !== at) learnPair(words[near]!, words[at]!, rate);
      }
    }
    if (step % REPORT_EVERY === 0) yield step / (epochs * texts);
  }
  return vectors;

  /** Moves `word` towards the context of its neighbour, and away from those of random words. */
  function learnPair(word: number, neighbour: number, rate: number): void {
    const from = word * dim;
    change.fill(0);
    for (let i = 0; i <= negatives; i++) {
      const other = i === 0 ? neighbour : noise[draw() & (SHARES - 1)]!;
      if (i > 0 && other === neighbour) continue;
      const to = other * dim;
      let product = 0;
      for (let d = 0; d < dim; d++) product += vectors[from + d]! * contexts[to + d]!;
      const error = (i === 0 ? 1 : 0) - logistic(product);
      const factor = rate * error;
      for (let d = 0; d < dim; d++) {
        change[d]! += factor * contexts[to + d]!;
        contexts[to + d]! += factor * vectors[from + d]!;
      }
    }
    for (let d = 0; d < dim; d++) vectors[from + d]! += change[d]!;
  }
}

function countIds(ids: Int32Array, size: number, firstWordId: number): Float64Array {
  const counts = new Float64Array(size);
  for (const id of ids) if (id >= firstWordId) counts[id]! += 1;
  return counts;
}

/** How often each word is read rather than passed over; marks never. */
function keptShares(counts: Float64Array, subsample: number): Float64Array {
  const all = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => {
    const over = (subsample * all) / count;
    return count === 0 ? 0 : Math.min(1, Math.sqrt(over) + over);
  });
}

/** Marsaglia's 32-bit xorshift (2003): quick, and good enough to draw noise. */
function xorshift(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

function logisticTable(): (x: number) => number {
  const table = Float32Array.from({ length: LOGISTIC_STEPS }, (_, i) => {
    const x = ((i + 0.5) / LOGISTIC_STEPS) * 2 * LIMIT - LIMIT;
    return 1 / (1 + Math.exp(-x));
  });
  return (x) => {
    if (x >= LIMIT) return 1;
    if (x < -LIMIT) return 0;
    return table[((x + LIMIT) * (LOGISTIC_STEPS / (2 * LIMIT))) | 0]!;
  };
}

function longest(offsets: Uint32Array): number {
  let most = 0;
  for (let i = 1; i < offsets.length; i++) most = Math.max(most, offsets[i]! - offsets[i - 1]!);
  return most;
}
