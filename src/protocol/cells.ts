import type { Label, Split } from '../core/dataset/types.ts';
import type { WordVerdict } from '../core/inspect/along.ts';
import type { PortableModel } from '../core/models/portable.ts';
import type { Preprocessing } from '../core/models/preprocessing.ts';
import type { Sample } from '../core/pipeline/sample.ts';
import type { VocabularyJson } from '../core/text/vocabulary-json.ts';
import type { RunEvent } from '../core/training/events.ts';
import type { OptimizerSettings } from '../core/training/settings.ts';
import type { DataProgress } from './data.ts';

/** How a cell's model wants a text as ids. */
export type IdEncoding = Pick<Preprocessing, 'numWords' | 'maxlen' | 'padding' | 'truncating'>;

/** A review with its text. */
export interface Review {
  /** Row number in the source. */
  readonly row: number;
  readonly label: Label;
  readonly split: Split;
  readonly text: string;
}

/** A model that a cell has made, and how to train it. */
export interface TrainModelRequest {
  readonly model: PortableModel;
  readonly encoding: IdEncoding;
  readonly reviews: {
    readonly sample: Sample;
    /** Training reviews at most. */
    readonly count?: number;
  };
  readonly training: {
    readonly epochs: number;
    /** Batches of an epoch at most (Keras's `steps_per_epoch`). */
    readonly stepsPerEpoch?: number;
    readonly batchSize: number;
    readonly optimizer: OptimizerSettings['name'];
    readonly learningRate: number;
    /** Norm that each variable's gradient has at most. */
    readonly clipnorm?: number;
    /** Seed of the order of the reviews and of dropout. */
    readonly seed: number;
  };
}

/** What a model makes of a text: its opinion at the end, and after each word. */
export interface WordReading {
  /** Probability of a positive review, 0 to 1. */
  readonly probability: number;
  readonly words: readonly WordVerdict[];
}

/** The calls that cells make. Models come with a call and leave with it. */
export interface CellCalls {
  /** Trains a cell's model; its weights come back, also when the run is stopped. */
  trainModel: {
    request: TrainModelRequest;
    event: DataProgress | RunEvent;
    result: { readonly outcome: 'finished' | 'stopped'; readonly weights: readonly Float32Array[] };
  };
  readModel: {
    request: {
      readonly model: PortableModel;
      readonly encoding: IdEncoding;
      readonly text: string;
    };
    event: never;
    result: WordReading;
  };
  /** Reviews of a split, in the order in which they are loaded. */
  reviews: {
    request: { readonly split: Split; readonly from: number; readonly count: number };
    event: never;
    result: readonly Review[];
  };
  /** The review with a row number of the source, whether it is loaded or not. */
  reviewAt: { request: { readonly row: number }; event: never; result: Review };
  /** The commonest words. */
  vocabulary: { request: { readonly size: number }; event: never; result: VocabularyJson };
}
