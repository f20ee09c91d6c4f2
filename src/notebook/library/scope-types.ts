import type * as Inputs from '@observablehq/inputs';
import type * as Plot from '@observablehq/plot';
import type * as tf from '@tensorflow/tfjs';
import type * as tfvis from '@tensorflow/tfjs-vis';
import type * as d3 from 'd3';
import type * as text from '../../core/text/index.ts';
import type { imdb } from './imdb.ts';
import type { race } from './race.ts';
import type { inspect, predict } from './read.ts';
import type { train } from './train.ts';

/** The names that a cell finds without defining them, besides `display` and `view`. */
export interface Scope extends Pick<
  typeof text,
  | 'bytePairTokenizer'
  | 'characterTokenizer'
  | 'countVectors'
  | 'learnBytePairs'
  | 'multiHot'
  | 'normalize'
  | 'oneHot'
  | 'padSequences'
  | 'tokenizeWords'
  | 'Vocabulary'
  | 'whitespaceTokenizer'
  | 'wordTokenizer'
> {
  /** TensorFlow.js, for small tensors and for building models. */
  tf: typeof tf;
  d3: typeof d3;
  Plot: typeof Plot;
  Inputs: typeof Inputs;
  tfvis: typeof tfvis;
  imdb: typeof imdb;
  train: typeof train;
  race: typeof race;
  inspect: typeof inspect;
  predict: typeof predict;
}
