import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeWaste,
  rectangleOf,
  wasteOf,
} from '../../../src/components/padding/batch-waste-text.ts';
import { describeWindow, lookThrough } from '../../../src/components/padding/review-window-text.ts';
import {
  describeStates,
  distanceBetween,
  normAt,
} from '../../../src/components/padding/wash-out-text.ts';
import { requestFor } from '../../../src/components/training/race-figure.ts';
import { Pipeline } from '../../../src/core/pipeline.ts';
import { activationsOf } from '../../../src/core/training/telemetry/state-watch.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { judgeEnds } from '../../../src/lessons/vocabulary-and-padding/reading-ends.ts';
import { race } from '../../../src/lessons/vocabulary-and-padding/race.ts';
import { epochsBelow } from '../../../src/figures/measured.ts';

const RUNS = { seed: 1, numRuns: 200 };
const side = fc.constantFrom<'pre' | 'post'>('pre', 'post');
const reviews = fc.array(
  fc.record({ rank: fc.integer({ min: 0, max: 30 }), weight: fc.integer({ min: -3, max: 3 }) }),
  { minLength: 1, maxLength: 30 },
);

describe('the window', () => {
  const review = [0, 9, 1, 2].map((rank) => ({ rank, weight: rank === 2 ? 2 : -0.5 }));
  const settings = { numWords: 10, maxlen: 3, padding: 'pre', truncating: 'pre' } as const;

  test('a small example', () => {
    const end = lookThrough(review, settings);
    expect(end.cells).toEqual([
      { kind: 'unknown', id: 2, word: 1 },
      { kind: 'word', id: 5, word: 2 },
      { kind: 'word', id: 6, word: 3 },
    ]);
    expect(end.words).toEqual(['cut', 'unknown', 'known', 'known']);
    expect(end.score).toBe(1.5);
    expect(describeWindow(end)).toBe(
      '3 of 4 words are left, 1 of them unknown; 0 places are padding. ' +
        'The words left add up to +1.50: positive.',
    );
    const start = lookThrough(review, { ...settings, truncating: 'post' });
    expect(start.cells.map(({ kind }) => kind)).toEqual(['start', 'word', 'unknown']);
    const padded = lookThrough(review, { ...settings, maxlen: 7, padding: 'post' });
    expect(padded.cells.map(({ id }) => id)).toEqual([1, 4, 2, 5, 6, 0, 0]);
  });

  test('each place that is left points at its own word', () => {
    const lengths = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(reviews, lengths, side, side, (words, maxlen, padding, truncating) => {
        const { cells, words: states } = lookThrough(words, {
          numWords: 20,
          maxlen,
          padding,
          truncating,
        });
        expect(cells.length).toBe(maxlen);
        for (const { kind, id, word } of cells) {
          if (kind === 'word') expect(id).toBe(words[word!]!.rank + 4);
          if (kind === 'unknown') expect(words[word!]!.rank).toBeGreaterThanOrEqual(16);
        }
        const places = cells.flatMap(({ word }) => word ?? []);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(states.filter((state) => state !== 'cut').length).toBe(places.length);
      }),
      RUNS,
    );
  });
});

test('ends of reviews are judged by their different words', () => {
  const weights = [1, -3, 2];
  const judged = judgeEnds(
    [
      { label: 1, tokens: Uint32Array.of(1, 0, 2) },
      { label: 0, tokens: Uint32Array.of(1, 0, 0, 0, 0) },
    ],
    weights,
    3,
    [1, 2, 5],
  );
  expect(judged).toEqual([
    { length: 1, first: 0.5, last: 0.5 },
    { length: 2, first: 0.5, last: 0.5 },
    { length: 5, first: 0.5, last: 0.5 },
  ]);
  expect(judgeEnds([{ label: 1, tokens: Uint32Array.of(1, 2) }], weights, 2, [2])).toEqual([
    { length: 2, first: 0, last: 0 },
  ]);
});

test('what a batch wastes', () => {
  const lengths = [2, 4, 10];
  const fixed = rectangleOf(lengths, 'fixed', 8);
  expect(fixed).toEqual({ width: 8, filled: [2, 4, 8] });
  expect(wasteOf([fixed])).toBeCloseTo(10 / 24, 12);
  const longest = rectangleOf([2, 4], 'longest', 8);
  expect(longest.width).toBe(4);
  expect(wasteOf([fixed, longest])).toBeCloseTo(12 / 32, 12);
  expect(describeWaste(longest, [fixed, longest])).toContain('2 rows of 4 places');
});

test('how far a state has moved', () => {
  const states = { values: [3, 4, 3, 4, 0, 0], steps: 3, units: 2 };
  expect(normAt(states, 0)).toBe(5);
  expect(distanceBetween(states, 1, 2)).toBe(5);
  expect(describeStates(states, [false, true, true])).toBe(
    'Length of the state after the last word: 5.00. 2 steps of padding later it has moved by 5.00.',
  );
  expect(describeStates(states, [true, true, false])).toContain(
    '0.00. The verdict sees just this.',
  );
});

test('the preset that pads behind without a mask sits at chance for epochs', () => {
  expect(epochsBelow('lstm-clipnorm', 0.55)).toBeGreaterThanOrEqual(4);
  expect(epochsBelow('lstm-clipnorm', 1)).toBe(20);
  expect(epochsBelow('no such preset', 0.5)).toBeUndefined();
});

test('of the three paddings, post alone stays at a half, and its state is washed out', async () => {
  const dataset = await openStarter();
  const { entries, steps, seed, batchSize } = requestFor(race);
  const found = new Map<string, { accuracy: number; apart: number }>();
  for (const { name, settings } of entries as Extract<
    (typeof entries)[number],
    { settings: unknown }
  >[]) {
    const training = { ...settings.training, seed, batchSize };
    const pipeline = new Pipeline(dataset, { ...settings, training }, 'starter');
    let taken = 0;
    for await (const event of pipeline.sprint(steps).start())
      taken += Number(event.type === 'batch');
    expect(taken).toBe(steps);
    const { accuracy } = await pipeline.evaluate(dataset.table('validation'));
    // Two reviews of a few words: how far apart are the states that the verdict sees?
    const { maxlen, padding } = settings.text;
    const rows = [
      [1, 5, 9, 200],
      [1, 30, 400, 77],
    ].map((ids) => {
      const zeros = Array.from({ length: maxlen - ids.length }, () => 0);
      return padding === 'pre' ? [...zeros, ...ids] : [...ids, ...zeros];
    });
    const [layer] = await activationsOf(pipeline.model, {
      ids: Int32Array.from(rows.flat()),
      shape: [2, maxlen],
    });
    const units = layer!.shape[2]!;
    const states = { values: layer!.h, steps: 2 * maxlen, units };
    found.set(name, { accuracy, apart: distanceBetween(states, maxlen - 1, 2 * maxlen - 1) });
    pipeline.dispose();
  }
  const { post, pre, masked } = {
    post: found.get('post')!,
    pre: found.get('pre')!,
    masked: found.get('post and mask')!,
  };
  expect(post.accuracy).toBeGreaterThan(0.44);
  expect(post.accuracy).toBeLessThan(0.56);
  expect(pre.accuracy).toBeGreaterThan(0.62);
  expect(masked.accuracy).toBeGreaterThan(0.62);
  expect(post.apart, 'after hundreds of zeros, all reviews look alike').toBeLessThan(0.01);
  expect(Math.min(pre.apart, masked.apart)).toBeGreaterThan(0.05);
}, 120_000);
