import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { SIMD_BUILDS } from '../../../scripts/simd.ts';
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import { textReader } from '../../../src/core/inspect/text-reader.ts';
import { startBackend } from '../../../src/core/kernels/register.ts';
import { createRandom } from '../../../src/core/random.ts';
import { bagOfWords, NETWORKS, PAIRS, sequence, TEXTS, WORDS } from '../models/archive/trained.ts';

/** Texts of 0 to 40 words, known and unknown ones. */
function someTexts(count: number): string[] {
  const random = createRandom(7);
  const pool = [...WORDS, 'zombie', 'vampire'];
  const word = (): string => pool[random.int(pool.length)]!;
  return Array.from({ length: count }, () =>
    Array.from({ length: random.int(41) }, word).join(' '),
  );
}

describe.each(['simd', 'cpu'] as const)('Predictor on %s', (backend) => {
  beforeAll(() => startBackend(backend, (build) => readFile(SIMD_BUILDS[build])));

  it.each(Object.entries({ ...NETWORKS, bag: bagOfWords }))(
    'gives a text the same answer alone and in any company: %s',
    async (_, make) => {
      const predictor = new Predictor(make());
      const texts = someTexts(75);
      const together = await predictor.predict(texts);
      expect(new Set(together.map(({ probability }) => probability)).size).toBeGreaterThan(40);
      for (const [i, text] of texts.entries()) {
        const [alone] = await predictor.predict([text]);
        const { probability, ...rest } = together[i]!;
        expect(alone).toMatchObject(rest);
        expect(Math.abs(alone!.probability - probability), `text ${i}`).toBeLessThanOrEqual(1e-6);
      }
      predictor.dispose();
    },
  );

  it('gives what the layers give for ids that are padded by hand', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const ids = [0, 0, 0, 0, 0, 0, 0, 0, 1, 5, 11 + 2, 6];
    const logit = trained.model.predict(tf.tensor2d([ids], [1, 12], 'int32')) as tf.Tensor;
    const [expected] = await tf.sigmoid(logit).data();
    const [prediction] = await new Predictor(trained).predict(['A great film!']);
    expect(prediction).toEqual({
      label: expected! >= 0.5 ? 'positive' : 'negative',
      probability: expect.closeTo(expected!, 6),
      tokens: 3,
      known: 3,
      cut: 0,
      oovWords: [],
    });
  });

  it('keeps no tensor', async () => {
    const predictor = new Predictor(NETWORKS['bidirectional LSTM, two poolings joined, masked']!());
    await predictor.predict(TEXTS);
    const before = tf.memory().numTensors;
    await predictor.predict(TEXTS);
    expect(tf.memory().numTensors).toBe(before);
    expect(await predictor.predict([])).toEqual([]);
  });
});

describe('textReader', () => {
  const long = 'the a film of good and bad it is great awful not zombie the';

  it.each([
    ['pre', { tokens: 12, cut: 2, first: 6, last: 4 }],
    ['post', { tokens: 11, cut: 3, first: 1, last: 14 }],
    [
      { head: 4, tail: 8 },
      { tokens: 11, cut: 3, first: 1, last: 4 },
    ],
  ] as const)('counts what it reads and what it cuts: %j', (truncating, expected) => {
    const preprocessing = { ...sequence, truncating };
    const { ids, tokens, known, cut, oovWords } = textReader({ preprocessing, words: WORDS })(long);
    expect(ids.length).toBe(12);
    expect({ tokens, cut, first: ids[0], last: ids.at(-1) }).toEqual(expected);
    expect(known).toBe(ids.filter((id) => id > 3).length);
    expect(oovWords).toEqual(['zombie']);
  });

  it('does not count the words that it drops', () => {
    const preprocessing = { ...sequence, oovId: null, startId: null };
    const read = textReader({ preprocessing, words: WORDS });
    expect(read('zombie, a zombie FILM<br />vampire')).toEqual({
      ids: [5, 6],
      tokens: 2,
      known: 2,
      cut: 0,
      oovWords: ['zombie', 'vampire'],
    });
    expect(read(' . ')).toMatchObject({ ids: [], tokens: 0, oovWords: [] });
  });

  it('adds the ids of pairs to a bag, and takes each id once', () => {
    const preprocessing = { ...sequence, bigrams: 3, distinct: true };
    const read = textReader({ preprocessing, words: WORDS, bigrams: PAIRS });
    expect(read('Not good, not good, zombie! A great zombie')).toEqual({
      ids: [1, 15, 8, 2, 5, 13, 16, 18],
      tokens: 8,
      known: 6,
      cut: 0,
      oovWords: ['zombie'],
    });
  });
});
