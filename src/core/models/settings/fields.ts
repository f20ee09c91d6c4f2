import {
  ACTIVATIONS,
  CELLS,
  CLIPPINGS,
  DIRECTIONS,
  EMBEDDINGS,
  OPTIMIZERS,
  POOLINGS,
  SIDES,
} from './types.ts';

/** One setting: what it is called in messages and on the page, and what it may be. */
export type Field =
  | {
      readonly kind: 'integer' | 'number';
      readonly name: string;
      /** Both ends included. */
      readonly min: number;
      readonly max: number;
    }
  | { readonly kind: 'choice'; readonly name: string; readonly choices: readonly string[] }
  | { readonly kind: 'flag'; readonly name: string };

const integer = (name: string, min: number, max: number): Field => ({
  kind: 'integer',
  name,
  min,
  max,
});
const number = (name: string, min: number, max: number): Field => ({
  kind: 'number',
  name,
  min,
  max,
});
const share = (name: string): Field => number(name, 0, 0.95);
const choice = (name: string, choices: readonly string[]): Field => ({
  kind: 'choice',
  name,
  choices,
});
const flag = (name: string): Field => ({ kind: 'flag', name });

/** Recurrent layers in a stack at most. */
export const MAX_LAYERS = 3;

/** The settings of one recurrent layer. */
export const LAYER_FIELDS = {
  cell: choice('Recurrent layer', CELLS),
  units: integer('Units', 1, 512),
  activation: choice('Activation', ACTIVATIONS),
  direction: choice('Direction', DIRECTIONS),
  dropout: share('Dropout of the layer’s input'),
  recurrentDropout: share('Recurrent dropout'),
} as const satisfies Record<string, Field>;

/** All others, by group. */
export const FIELDS = {
  text: {
    numWords: integer('Words kept', 10, 130_000),
    bigrams: integer('Word pairs kept', 0, 1_000_000),
    distinct: flag('Each word once'),
    maxlen: integer('Length', 2, 4_000),
    padding: choice('Padding', SIDES),
    truncating: choice('Truncating', SIDES),
  },
  network: {
    embeddingDim: integer('Embedding size', 1, 512),
    embedding: choice('First embedding', EMBEDDINGS),
    trainEmbedding: flag('Embedding learns'),
    maskZero: flag('Padding is masked'),
    pooling: choice('Pooling', POOLINGS),
    dropout: share('Dropout before the verdict'),
  },
  training: {
    optimizer: choice('Optimizer', OPTIMIZERS),
    learningRate: number('Learning rate', 1e-6, 1),
    decay: number('Learning-rate decay', 0.01, 1),
    momentum: number('Momentum', 0, 0.999),
    clipping: choice('Clipping', CLIPPINGS),
    clip: number('Clip', 1e-6, 1e6),
    l2Embedding: number('L2 of the embedding', 0, 1),
    l2: number('L2', 0, 1),
    wordDropout: share('Word dropout'),
    averaging: number('Averaging', 0, 0.9999),
    batchSize: integer('Batch size', 1, 512),
    bucketed: flag('Bucketed by length'),
    epochs: integer('Epochs', 1, 100),
    patience: integer('Patience', 0, 100),
    seed: integer('Seed', 0, 2 ** 31 - 1),
  },
} as const satisfies Record<string, Record<string, Field>>;
