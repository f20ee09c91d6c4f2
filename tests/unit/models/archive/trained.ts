import * as tf from '@tensorflow/tfjs';
import { gru } from '../../../../src/core/layers/gru.ts';
import '../../../../src/core/layers/index.ts';
import type { Preprocessing } from '../../../../src/core/models/preprocessing.ts';
import type { TrainedModel } from '../../../../src/core/models/trained-model.ts';
import { KERAS_FILTERS } from '../../../../src/core/text/normalize.ts';

export const WORDS = 'the a film of good and bad it is great awful not'.split(' ');
const NUM_WORDS = WORDS.length + 4;
const MAXLEN = 12;

export const sequence: Preprocessing = {
  tokenizer: { kind: 'word', lower: true, breaks: 'space', filters: KERAS_FILTERS },
  numWords: NUM_WORDS,
  padId: 0,
  startId: 1,
  oovId: 2,
  indexFrom: 3,
  bigrams: 0,
  distinct: false,
  maxlen: MAXLEN,
  padding: 'pre',
  truncating: { head: 4, tail: 8 },
  masked: false,
};

const uniform = (seed: number) => tf.initializers.randomUniform({ minval: -1, maxval: 1, seed });

const embedding = (maskZero: boolean, inputLength?: number) =>
  tf.layers.embedding({
    inputDim: NUM_WORDS,
    outputDim: 6,
    maskZero,
    inputLength,
    embeddingsInitializer: uniform(1),
  });

const logit = () => tf.layers.dense({ units: 1, kernelInitializer: uniform(4) });

const recurrent = { kernelInitializer: uniform(2), recurrentInitializer: uniform(3) };

/** Networks of every form that the presets have, with weights that make a difference. */
export const NETWORKS: Readonly<Record<string, () => TrainedModel>> = {
  'SimpleRNN, fixed width': () => ({
    model: tf.sequential({
      layers: [
        embedding(false, MAXLEN),
        tf.layers.simpleRNN({ units: 5, ...recurrent }),
        tf.layers.dropout({ rate: 0.5 }),
        logit(),
      ],
    }),
    preprocessing: sequence,
    words: WORDS,
  }),
  'GRU (reset_after) under LSTM, masked, post-padded': () => ({
    model: tf.sequential({
      layers: [
        embedding(true),
        tf.layers.spatialDropout1d({ rate: 0.2 } as never),
        gru({ units: 4, returnSequences: true, resetAfter: true, ...recurrent }),
        tf.layers.lstm({ units: 3, ...recurrent }),
        logit(),
      ],
    }),
    preprocessing: { ...sequence, masked: true, padding: 'post' },
    words: WORDS,
  }),
  'bidirectional LSTM, two poolings joined, masked': () => {
    const input = tf.input({ shape: [null], dtype: 'int32' });
    const states = tf.layers
      .bidirectional({
        layer: tf.layers.lstm({ units: 3, returnSequences: true, ...recurrent }) as tf.RNN,
        mergeMode: 'concat',
      })
      .apply(embedding(true).apply(input)) as tf.SymbolicTensor;
    const pooled = [
      tf.layers.globalAveragePooling1d({}).apply(states),
      tf.layers.globalMaxPooling1d({}).apply(states),
    ] as tf.SymbolicTensor[];
    const output = logit().apply(tf.layers.concatenate().apply(pooled)) as tf.SymbolicTensor;
    return {
      model: tf.model({ inputs: input, outputs: output }),
      preprocessing: { ...sequence, masked: true },
      words: WORDS,
    };
  },
};

/** Word ids of "not good", "not bad" and "a great". */
export const PAIRS = Uint32Array.of(15, 8, 15, 10, 5, 13);

/** A weight for each word and pair that occurs, added up. */
export function bagOfWords(): TrainedModel {
  const identity = { kernelInitializer: tf.initializers.identity({}), useBias: false };
  const recurrentInitializer = tf.initializers.identity({});
  return {
    model: tf.sequential({
      layers: [
        tf.layers.embedding({
          inputDim: NUM_WORDS + 3,
          outputDim: 1,
          maskZero: true,
          embeddingsInitializer: uniform(6),
        }),
        tf.layers.simpleRNN({ units: 1, activation: 'linear', recurrentInitializer, ...identity }),
        logit(),
      ],
    }),
    preprocessing: { ...sequence, masked: true, bigrams: 3, distinct: true, truncating: 'pre' },
    words: WORDS,
    bigrams: PAIRS,
  };
}

export const TEXTS = [
  'Not good. The film is bad, and it is not a great film!',
  'good',
  'A great film<br />of zombies and good, good, good people; it is the GREAT of the great.',
  'xqzzt',
  '',
  'It is the bad and the awful',
];
