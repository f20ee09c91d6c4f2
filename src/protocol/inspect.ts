import type { Label, Split } from '../core/dataset/types.ts';
import type { ReviewInspection } from '../core/inspect/inspect-review.ts';
import type { KnockOut } from '../core/inspect/knock-out.ts';
import type { Neighbour } from '../core/inspect/neighbours.ts';
import type { RecurrentLayer } from '../core/inspect/recurrent-layers.ts';
import type { StateReading } from '../core/inspect/state-reading.ts';
import type { LayerSummary } from '../core/models/build.ts';

export type { LayerInspection, ReviewInspection } from '../core/inspect/inspect-review.ts';
export type { KnockOut } from '../core/inspect/knock-out.ts';
export type { Neighbour } from '../core/inspect/neighbours.ts';
export type { GateName } from '../core/inspect/recurrent-layers.ts';
export type { Timestep } from '../core/inspect/timesteps.ts';

/** A model that can be looked into. */
export type ModelRef =
  /** One that came with the site, by its folder in `models/`. */
  | { readonly kind: 'shipped'; readonly name: string }
  /** One that the browser keeps. */
  | { readonly kind: 'kept'; readonly name: string }
  /** The one that was trained or opened here last. */
  | { readonly kind: 'asked' }
  /** The one that was trained here, as it was after a step. */
  | { readonly kind: 'moment'; readonly step: number };

/** What a model is made of. */
export interface ModelDescription {
  readonly layers: readonly LayerSummary[];
  readonly recurrent: readonly Pick<
    RecurrentLayer,
    'name' | 'cell' | 'units' | 'backwards' | 'adds'
  >[];
  /** Words that it knows, and ids that it reads at most. */
  readonly words: number;
  readonly maxlen: number;
  /** Width of a word's vector. */
  readonly embeddingDim: number;
  /** Whether it takes in words and pairs of words without their order. */
  readonly bag: boolean;
}

/** Some words of a review, with the one that matters in the middle. */
export interface Excerpt {
  readonly row: number;
  readonly label: Label;
  readonly before: string;
  readonly word: string;
  readonly after: string;
}

/** A review in which a unit goes far up or down, and where. */
export interface UnitExcerpt extends Excerpt {
  readonly value: number;
}

export interface FoundExcerpt extends Excerpt {
  readonly split: Split;
  readonly words: number;
}

/** What a search has found. */
export interface SearchResult {
  readonly found: readonly FoundExcerpt[];
  /** Reviews that were searched, and that there are. */
  readonly searched: number;
  readonly total: number;
  /** Words that stand in no review. */
  readonly unknown: readonly string[];
}

/** How far a long question is, from 0 to 1. */
export interface AskingProgress {
  readonly type: 'asking';
  readonly share: number;
}

interface OfReview {
  readonly model: ModelRef;
  readonly text: string;
}

/** Questions to a model. All can be stopped; one is answered at a time. */
export interface InspectCalls {
  describeModel: {
    request: { readonly model: ModelRef };
    event: never;
    result: ModelDescription;
  };
  /** The state after each of a text's first words, `most` at most. */
  readStates: {
    request: OfReview & { readonly most: number };
    event: never;
    result: StateReading;
  };
  inspectReview: { request: OfReview; event: never; result: ReviewInspection };
  /** The logit after each timestep, as if the review had ended there; NaN at padding. [T] */
  runningLogits: { request: OfReview; event: AskingProgress; result: Float32Array };
  /** What each timestep's word is worth to the logit, by hiding it; NaN at padding. [T] */
  occlusion: { request: OfReview; event: AskingProgress; result: Float32Array };
  /** Validation reviews in which a unit goes farthest up and down. */
  unitReviews: {
    request: {
      readonly model: ModelRef;
      readonly layer: string;
      readonly unit: number;
      readonly count: number;
    };
    event: AskingProgress;
    result: {
      readonly highest: readonly UnitExcerpt[];
      readonly lowest: readonly UnitExcerpt[];
      /** Reviews that were read. */
      readonly reviews: number;
    };
  };
  /** Accuracy on validation reviews with and without some units of a layer. */
  knockOut: {
    request: {
      readonly model: ModelRef;
      readonly layer: string;
      readonly units: readonly number[];
    };
    event: AskingProgress;
    result: KnockOut;
  };
  neighbours: {
    request: { readonly model: ModelRef; readonly word: string; readonly count: number };
    event: never;
    result: readonly Neighbour[];
  };
  /** Reviews with all of some words, among those that are loaded. */
  searchReviews: {
    request: { readonly query: string; readonly most: number };
    event: never;
    result: SearchResult;
  };
  /** Steps of the last run at which its weights were kept. */
  moments: { request: Record<never, never>; event: never; result: readonly number[] };
}
