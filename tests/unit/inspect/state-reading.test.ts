import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Dataset } from '../../../src/core/dataset/loader/dataset.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { readStates } from '../../../src/core/inspect/state-reading.ts';
import type { TrainedModel } from '../../../src/core/models/trained-model.ts';
import { padSequences } from '../../../src/core/text/pad-sequences.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { PlainWeights } from '../../../src/figures/read-step-by-step.ts';
import { train } from '../../../src/figures/train.ts';
import { bagOfWords, NETWORKS } from '../models/archive/trained.ts';

const TEXT = 'Not a "great" film; well-made, xqzzt, but the end is good!';
const WORDS = [
  'Not',
  'a',
  '"great"',
  'film;',
  'well-',
  'made,',
  'xqzzt,',
  'but',
  'the',
  'end',
  'is',
  'good!',
];

let dataset: Dataset;
beforeAll(async () => {
  dataset = await openStarter();
});

/** The states by plain loops over the weights: another way than the kernels'. */
function plainly(trained: TrainedModel, words: readonly string[]) {
  const { maxlen, padding, numWords } = trained.preprocessing;
  const ids = dataset.vocabulary.encode(words, { numWords });
  const padded = padSequences([ids], { maxlen, padding }).ids;
  const { h, logits, units } = new PlainWeights(trained.model).read(padded);
  const from = maxlen - words.length;
  return { states: h.subarray(from * units), logits: logits.subarray(from) };
}

describe.each(['SimpleRNN', 'LSTM', 'GRU'] as const)('%s', (cell) => {
  let trained: TrainedModel;
  beforeAll(async () => {
    trained = (await train(dataset, cell, 1)).pipeline.trained;
  });

  test('its states and verdicts are those of plain loops over its weights', async () => {
    const reading = await readStates(trained, TEXT, 50);
    expect(reading.words.map(({ text }) => text)).toEqual(WORDS);
    expect(reading.words.map(({ known }) => known).indexOf(false)).toBe(6);
    const tokens = [
      'not',
      'a',
      'great',
      'film',
      'well',
      'made',
      'xqzzt',
      'but',
      'the',
      'end',
      'is',
      'good',
    ];
    const expected = plainly(trained, tokens);
    expect(reading.states.length).toBe(expected.states.length);
    reading.states.forEach((value, i) => expect(value).toBeCloseTo(expected.states[i]!, 4));
    reading.probabilities.forEach((value, t) =>
      expect(value).toBeCloseTo(1 / (1 + Math.exp(-expected.logits[t]!)), 4),
    );
  });

  test('the last verdict is that of the model, and no tensor is left', async () => {
    const before = tf.memory().numTensors;
    const { probabilities, words, votes, units } = await readStates(trained, TEXT, 8);
    expect(tf.memory().numTensors).toBe(before);
    expect(words.length).toBe(8);
    expect(votes.length).toBe(units);
    const [whole] = await new Predictor(trained).predict([TEXT.slice(0, TEXT.indexOf(' the'))]);
    expect(probabilities.at(-1)).toBeCloseTo(whole!.probability, 5);
  });
});

test('what can’t be read word by word is refused', async () => {
  const { trained } = (await train(dataset, 'GRU', 1)).pipeline;
  await expect(readStates(trained, ' ... ', 10)).rejects.toThrow('no word');
  await expect(readStates(bagOfWords(), TEXT, 10)).rejects.toThrow('word by word');
  const pooled = NETWORKS['bidirectional LSTM, two poolings joined, masked']!();
  await expect(readStates(pooled, 'good film', 10)).rejects.toThrow('not the last state');
});
