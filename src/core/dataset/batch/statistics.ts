import type { Batcher } from './batcher.ts';

/** What encoding keeps of the reviews. */
export interface TokenCounts {
  readonly reviews: number;
  /** Ids kept, start ids included. */
  readonly kept: number;
  /** Ids that truncation cuts off. */
  readonly cut: number;
  /** Reviews that lose something to truncation. */
  readonly truncated: number;
}

/** Cells of an epoch's batches that hold padding, over which a network computes for nothing. */
export interface PaddingWaste {
  /** Cells of all batches. */
  readonly cells: number;
  /** Cells that hold padding. */
  readonly padding: number;
  /** `padding / cells`; 0 without cells. */
  readonly share: number;
}

/** Counts the ids that a batcher's reviews give. */
export function countTokens({ lengths, cut }: Pick<Batcher, 'lengths' | 'cut'>): TokenCounts {
  const truncated = cut.reduce((count, ids) => count + Number(ids > 0), 0);
  return { reviews: lengths.length, kept: sum(lengths), cut: sum(cut), truncated };
}

/** Measures the padding of one epoch from its plan, without encoding it. */
export function paddingWaste(batcher: Pick<Batcher, 'lengths' | 'plan'>, epoch = 0): PaddingWaste {
  const { starts, ends, widths } = batcher.plan(epoch);
  const cells = starts.reduce(
    (total, start, batch) => total + (ends[batch]! - start) * widths[batch]!,
    0,
  );
  const padding = cells - sum(batcher.lengths);
  return { cells, padding, share: cells === 0 ? 0 : padding / cells };
}

function sum(values: Int32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
