import type { LoadProgress } from '../core/dataset/loader/dataset.ts';
import type { Label } from '../core/dataset/types.ts';
import type { Evaluation } from '../core/training/evaluation/evaluate.ts';

/** How much of the data has arrived. */
export interface DataProgress extends LoadProgress {
  readonly type: 'data';
  readonly totalReviews: number;
  /** Whether the browser keeps the files for the next visit. */
  readonly kept: boolean;
}

export interface SampleReview {
  readonly row: number;
  readonly label: Label;
  readonly text: string;
}

/** How far the reading of the test set is. */
export interface ReadingProgress {
  readonly type: 'reading';
  readonly reviews: number;
  readonly total: number;
}

/** What the model says of each test review, in one order; all of the same length. */
export interface TestReading {
  readonly evaluation: Evaluation;
  /** Of a positive review. */
  readonly probabilities: Float32Array;
  /** 0 or 1. */
  readonly labels: Uint8Array;
  /** Rows in the source. */
  readonly rows: Uint32Array;
  /** Words of each review. */
  readonly words: Uint32Array;
  /** Share of the words that the model does not know. */
  readonly unknown: Float32Array;
}
