import fc from 'fast-check';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { rocAuc } from '../../../src/core/training/evaluation/auc.ts';
import { evaluate, evaluateScores } from '../../../src/core/training/evaluation/evaluate.ts';
import { makeModel, makeSource, start } from './fixture.ts';

/** By its meaning: over all pairs of a positive and a negative review. */
function aucByPairs(scores: readonly number[], labels: readonly number[]): number {
  let [wins, pairs] = [0, 0];
  for (const [i, a] of scores.entries()) {
    for (const [j, b] of scores.entries()) {
      if (labels[i] !== 1 || labels[j] !== 0) continue;
      pairs++;
      wins += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  return wins / pairs;
}

describe('rocAuc', () => {
  it('is the share of pairs in the right order, ties counting half', () => {
    const review = fc.tuple(fc.integer({ min: -4, max: 4 }), fc.constantFrom(0, 1));
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 30 }), (reviews) => {
        const scores = reviews.map(([score]) => score / 2);
        const labels = reviews.map(([, label]) => label);
        const auc = rocAuc(Float32Array.from(scores), Float32Array.from(labels));
        const expected = aucByPairs(scores, labels);
        if (Number.isNaN(expected)) expect(auc).toBeNaN();
        else expect(auc).toBeCloseTo(expected, 12);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('is no number if a score is none', () => {
    expect(rocAuc(Float32Array.of(1, Number.NaN, 0), Float32Array.of(1, 0, 0))).toBeNaN();
  });
});

describe('evaluateScores', () => {
  it('counts verdicts, and takes the loss of logits of any size', () => {
    const { accuracy, confusion, loss } = evaluateScores({
      logits: Float32Array.of(2, -1, 1000, -1000, 0),
      labels: Float32Array.of(1, 1, 0, 0, 0),
    });
    expect(confusion).toEqual({
      truePositives: 1,
      falseNegatives: 1,
      falsePositives: 1,
      trueNegatives: 2,
    });
    expect(accuracy).toBe(3 / 5);
    const expected = Math.log1p(Math.exp(-2)) + Math.log1p(Math.exp(1)) + 1000 + 0 + Math.LN2;
    expect(loss).toBeCloseTo(expected / 5, 6);
  });
});

describe('evaluate', () => {
  beforeAll(() => start('simd'));

  it('counts each review once, whatever the batches', async () => {
    const model = makeModel();
    const before = tf.memory().numTensors;
    const [small, large] = await Promise.all(
      [7, 50].map((size) => evaluate(model, makeSource(3, 50, size).epoch(0))),
    );
    expect(small!.confusion).toEqual(large!.confusion);
    expect(small!.loss).toBeCloseTo(large!.loss, 6);
    expect(small!.auc).toBeCloseTo(large!.auc, 6);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses no reviews, and ends when it may not go on', async () => {
    const model = makeModel();
    await expect(evaluate(model, [])).rejects.toThrow('no review to evaluate');
    let batches = 0;
    const mayGoOn = async () => ++batches < 3;
    const batch = makeSource(3, 50).epoch(0);
    expect(await evaluate(model, batch, { mayGoOn })).toBeUndefined();
    expect(batches).toBe(3);
  });
});
