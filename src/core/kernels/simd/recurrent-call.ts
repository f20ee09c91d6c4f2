import type { RecurrentAttrs, RecurrentSizes } from '../spec/recurrent.ts';
import type { SimdBackend } from './backend.ts';
import { type Addresses, BLOCK_WORDS, blockOf } from './recurrent-block.ts';
import { type Part, split, splitByWork, threadsFor } from './threads/split.ts';
import type { SharedKernel } from './threads/team.ts';

/** A recurrent kernel over a whole batch, and what it works on. */
export interface RecurrentCall {
  readonly kernel: Extract<SharedKernel, `${'forward' | 'backward'}${string}`>;
  readonly sizes: RecurrentSizes;
  readonly attrs: RecurrentAttrs;
  readonly addresses: Addresses;
}

/** A register tile has four rows: a thread with fewer would compute some of them in vain. */
const FEWEST_ROWS = 4;
/** Products of numbers that a thread takes 50 µs for: as long as handing them over may take. */
const FEWEST_PRODUCTS = 2 ** 20;
/** Bytes that the threads' own sums may take; with more, fewer threads help. */
const MOST_SUM_BYTES = 2 ** 28;

/**
 * Runs a kernel with some rows of the batch in each thread: rows do not depend on each other. The
 * gradients that all rows add up to are summed by each thread on its own, and then in the threads'
 * order, so the same number of threads gives the same numbers.
 *
 * @throws OutOfMemoryError if there is no room for the scratch
 */
export function runRecurrent(backend: SimdBackend, call: RecurrentCall): void {
  const { heap, run, team } = backend;
  const { sizes, attrs, addresses, kernel } = call;
  const sums = sumsOf(call);
  const sumBytes = sums.reduce((total, { length }) => total + align(length * 4), 0);
  const parts = partsOf(backend, call, sumBytes);
  const scratchBytes = parts.map(({ length }) =>
    align(run.recurrentScratch(length, sizes.units, sizes.width / sizes.units)),
  );
  const bytes = [...scratchBytes, (parts.length - 1) * sumBytes, parts.length * BLOCK_BYTES];
  heap.borrow(
    bytes.reduce((total, size) => total + size),
    (start) => {
      let scratch = start;
      const ownSums = start + scratchBytes.reduce((total, size) => total + size);
      const blocks = ownSums + (parts.length - 1) * sumBytes;
      const calls = parts.map((part, i): [number] => {
        const own: Addresses = { ...addresses, scratch };
        let sum = ownSums + (i - 1) * sumBytes;
        for (const { name, length } of i > 0 ? sums : []) {
          own[name] = sum;
          sum += align(length * 4);
        }
        const block = blocks + i * BLOCK_BYTES;
        heap.integers(block, BLOCK_WORDS).set(blockOf(sizes, attrs, own, part));
        scratch += scratchBytes[i]!;
        return [block];
      });
      team.run(kernel, calls);
      let from = ownSums;
      for (const { address, length } of parts.length > 1 ? sums : []) {
        addUp(backend, parts.length - 1, from, sumBytes, address, length);
        from += align(length * 4);
      }
    },
  );
}

/** A gradient that all rows of the batch add up to. */
interface Sum {
  readonly name: 'dProjections' | 'dRecurrentKernel' | 'dRecurrentBias';
  readonly address: number;
  readonly length: number;
}

function sumsOf({ sizes: { units, width, projectionRows }, addresses }: RecurrentCall): Sum[] {
  const lengths = {
    // Without `rows`, every timestep has a projection of its own.
    dProjections: addresses.rows ? projectionRows * width : 0,
    dRecurrentKernel: units * width,
    dRecurrentBias: width,
  };
  return Object.entries(lengths).flatMap(([key, length]) => {
    const name = key as Sum['name'];
    const address = addresses[name];
    return address && length ? [{ name, address, length }] : [];
  });
}

/** The rows of each thread: of masked timesteps, a row costs next to nothing. */
function partsOf(
  { heap, team }: SimdBackend,
  { sizes: { batch, steps, units, width }, addresses: { mask } }: RecurrentCall,
  sumBytes: number,
): Part[] {
  const most = Math.min(team.size, 1 + Math.floor(MOST_SUM_BYTES / sumBytes));
  const active = mask ? heap.integers(mask, batch * steps) : undefined;
  const work = Array.from({ length: batch }, (_, b) => {
    if (!active) return steps;
    let count = 0;
    for (let t = b * steps; t < (b + 1) * steps; t++) if (active[t] !== 0) count++;
    return count;
  });
  const products = work.reduce((total, count) => total + count, 0) * units * width;
  return splitByWork(work, Math.min(most, Math.ceil(products / FEWEST_PRODUCTS)), FEWEST_ROWS);
}

/** Adds the threads' own sums, `step` bytes apart, to the first one's. */
function addUp(
  { team }: SimdBackend,
  count: number,
  from: number,
  step: number,
  to: number,
  length: number,
): void {
  const parts = split(length, threadsFor(team, count * length), 16);
  team.run(
    'addArrays',
    parts.map(({ start, length: size }) => [size, count, from + start * 4, step, to + start * 4]),
  );
}

const ALIGNMENT = 64;
const BLOCK_BYTES = align(BLOCK_WORDS * 4);

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
