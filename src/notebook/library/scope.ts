import type * as text from '../../core/text/index.ts';
import type { Scope } from './scope-types.ts';

type Lazy = { readonly [K in keyof Scope]: () => Scope[K] | Promise<Scope[K]> };
type Text = typeof text;

const fromText =
  <K extends keyof Text>(name: K) =>
  async (): Promise<Text[K]> =>
    (await import('../../core/text/index.ts'))[name];

/** Every name that a cell finds, loaded when a cell first uses it. */
export const scope = {
  tf: async () => (await import('./tensorflow.ts')).tf,
  d3: () => import('d3'),
  Plot: () => import('@observablehq/plot'),
  Inputs: () => import('@observablehq/inputs'),
  tfvis: () => import('@tensorflow/tfjs-vis'),

  imdb: async () => (await import('./imdb.ts')).imdb,
  train: async () => {
    await import('./tensorflow.ts');
    return (await import('./train.ts')).train;
  },
  race: async () => {
    await import('./tensorflow.ts');
    return (await import('./race.ts')).race;
  },
  inspect: async () => (await import('./read.ts')).inspect,
  predict: async () => (await import('./read.ts')).predict,

  bytePairTokenizer: fromText('bytePairTokenizer'),
  characterTokenizer: fromText('characterTokenizer'),
  countVectors: fromText('countVectors'),
  learnBytePairs: fromText('learnBytePairs'),
  multiHot: fromText('multiHot'),
  normalize: fromText('normalize'),
  oneHot: fromText('oneHot'),
  padSequences: fromText('padSequences'),
  tokenizeWords: fromText('tokenizeWords'),
  Vocabulary: fromText('Vocabulary'),
  whitespaceTokenizer: fromText('whitespaceTokenizer'),
  wordTokenizer: fromText('wordTokenizer'),
} satisfies Lazy;
