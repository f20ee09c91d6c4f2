import { percent, whole } from '../lab/format.ts';

/** How wide a batch is: always `maxlen`, or as its longest review, mixed or with reviews of like length. */
export type Width = 'fixed' | 'longest' | 'sorted';

/** One batch as a rectangle. */
export interface Rectangle {
  readonly width: number;
  /** Places of each row that hold the review; the rest is padding. */
  readonly filled: readonly number[];
}

/** @param lengths ids of each review in the batch, not yet cut */
export function rectangleOf(lengths: readonly number[], width: Width, maxlen: number): Rectangle {
  const filled = lengths.map((length) => Math.min(length, maxlen));
  return { width: width === 'fixed' ? maxlen : Math.max(...filled), filled };
}

/** The share of all places in some batches that is padding. */
export function wasteOf(batches: readonly Rectangle[]): number {
  const sum = (values: readonly number[]): number => values.reduce((total, n) => total + n, 0);
  const places = sum(batches.map(({ width, filled }) => width * filled.length));
  return 1 - sum(batches.map(({ filled }) => sum(filled))) / places;
}

/** This batch and all of them, in a sentence. */
export function describeWaste(batch: Rectangle, batches: readonly Rectangle[]): string {
  return (
    `This batch: ${whole(batch.filled.length)} rows of ${whole(batch.width)} places, ` +
    `${percent(wasteOf([batch]))} of them padding. All ${whole(batches.length)} batches: ` +
    `${percent(wasteOf(batches))}.`
  );
}
