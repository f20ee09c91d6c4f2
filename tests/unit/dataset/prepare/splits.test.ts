import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { imdbInput } from '../../../../scripts/data/imdb.ts';
import { assignSplits } from '../../../../src/core/dataset/prepare/assign-splits.ts';
import {
  countDuplicates,
  groupEqualTexts,
} from '../../../../src/core/dataset/prepare/duplicates.ts';
import { SplitError } from '../../../../src/core/dataset/prepare/hold-out.ts';
import type { SourceReview } from '../../../../src/core/dataset/prepare/source.ts';
import type { Split } from '../../../../src/core/dataset/types.ts';
import { SPLITS } from '../../../../src/core/dataset/types.ts';
import { createRandom } from '../../../../src/core/random.ts';

const [TRAIN, VALIDATION, TEST] = [0, 1, 2];

describe('the splits of the 50,000 IMDB reviews', () => {
  let reviews: readonly SourceReview[];
  let groups: Uint32Array;
  let labels: Uint8Array;
  let splits: Uint8Array;
  const split = (seed: number): Uint8Array =>
    assignSplits({ labels, groups, given: reviews.map((r) => r.split) }, createRandom(seed));

  beforeAll(() => {
    ({ reviews } = imdbInput().read());
    groups = groupEqualTexts(reviews.map((review) => review.text));
    labels = Uint8Array.from(reviews, (review) => review.label);
    splits = split(2011);
  });

  it('holds 20,000, 5,000 and 25,000, half of each positive', () => {
    for (const [index, size] of [20_000, 5_000, 25_000].entries()) {
      const members = reviews.filter((_, i) => splits[i] === index);
      expect(members.length, SPLITS[index]).toBe(size);
      const positive = members.filter((review) => review.label === 1).length;
      expect(positive, `positive in ${SPLITS[index]}`).toBe(size / 2);
    }
  });

  it('leaves the original test half as it is', () => {
    reviews.forEach((review, i) => {
      if ((review.split === 'test') !== (splits[i] === TEST)) {
        throw new Error(
          `row ${review.row} of the ${review.split} half is in ${SPLITS[splits[i]!]}`,
        );
      }
    });
  });

  it('shares no text between train and validation', () => {
    const inTrain = new Set(groups.filter((_, i) => splits[i] === TRAIN));
    const shared = groups.filter((group, i) => splits[i] === VALIDATION && inTrain.has(group));
    expect([...shared]).toEqual([]);
  });

  it('takes validation as runs of at least 200 neighbouring rows', () => {
    let run = 0;
    let runs = 0;
    for (let i = 0; i <= splits.length; i++) {
      if (splits[i] === VALIDATION) {
        run++;
      } else if (run > 0) {
        expect(run, `the run that ends before row ${i}`).toBeGreaterThanOrEqual(200);
        runs++;
        run = 0;
      }
    }
    expect(runs).toBeGreaterThan(10);
  });

  it('depends on the seed alone', () => {
    expect(split(2011)).toEqual(splits);
    expect(split(2012)).not.toEqual(splits);
  });

  it('counts the duplicates of the corpus', () => {
    expect(countDuplicates(groups, splits)).toEqual({
      withinTrain: 92,
      withinTest: 191,
      acrossTrainTest: 123,
      acrossTrainValidation: 0,
      repeated: 418,
      distinct: 49_582,
    });
  });
});

describe('assignSplits on other data', () => {
  const columns = (labels: number[], groups: number[], given?: (Split | undefined)[]) => ({
    labels,
    groups,
    given: given ?? labels.map(() => undefined),
  });

  it('gives every review a split, both classes to each split, and no text to two of them', () => {
    const review = fc.tuple(fc.nat({ max: 1 }), fc.nat({ max: 200 }));
    const data = fc.array(review, { minLength: 20, maxLength: 400 });
    let splitsMade = 0;
    fc.assert(
      fc.property(data, (reviews) => {
        const labels = reviews.map(([label]) => label);
        const groups = reviews.map(([, group]) => group);
        let splits: Uint8Array;
        try {
          splits = assignSplits(columns(labels, groups), createRandom(1));
        } catch (error) {
          return error instanceof SplitError;
        }
        splitsMade++;
        const splitOf = new Map<number, number>();
        for (const [i, group] of groups.entries()) {
          expect(splitOf.get(group) ?? splits[i]).toBe(splits[i]);
          splitOf.set(group, splits[i]!);
        }
        for (const [index] of SPLITS.entries()) {
          const found = new Set(labels.filter((_, i) => splits[i] === index));
          expect(found.size, `classes in ${SPLITS[index]}`).toBe(2);
        }
        return true;
      }),
      { seed: 1, numRuns: 150 },
    );
    expect(splitsMade, 'most of the data can be split').toBeGreaterThan(50);
  });

  it('holds out 20 % as test and 20 % of the rest as validation, of each class', () => {
    const labels = Array.from({ length: 1000 }, (_, i) => (i < 600 ? 0 : 1));
    const splits = assignSplits(
      columns(
        labels,
        labels.map((_, i) => i),
      ),
      createRandom(1),
    );
    const count = (split: number, label: number): number =>
      labels.filter((value, i) => value === label && splits[i] === split).length;
    expect([count(2, 0), count(2, 1)]).toEqual([120, 80]);
    expect([count(1, 0), count(1, 1)]).toEqual([96, 64]);
  });

  it('keeps the splits that the source gives', () => {
    const labels = Array.from({ length: 30 }, (_, i) => i % 2);
    const groups = labels.map((_, i) => i);
    const given = labels.map((_, i) => SPLITS[i % 10 < 6 ? 0 : i % 10 < 8 ? 1 : 2]!);
    const splits = assignSplits(columns(labels, groups, given), createRandom(1));
    expect(Array.from(splits, (split) => SPLITS[split])).toEqual(given);
  });

  it('refuses data that is too small, of one class, or cannot be split', () => {
    const refuses = (
      labels: number[],
      groups: number[],
      message: string | RegExp,
      given?: Split[],
    ): void => {
      const attempt = () => assignSplits(columns(labels, groups, given), createRandom(1));
      expect(attempt).toThrow(SplitError);
      expect(attempt).toThrow(message);
    };
    const twenty = Array.from({ length: 20 }, (_, i) => i);
    const half = twenty.map((i) => i % 2);
    const all = (value: number): number[] => twenty.map(() => value);
    refuses([0, 1, 0], [0, 1, 2], '3 usable reviews; at least 20');
    refuses(all(1), twenty, 'the data (20 reviews) has no negative review');
    refuses(half, all(0), /20 reviews \(10 negative, 10 positive\) cannot be split/);
    const oneNegative = twenty.map((i) => (i === 0 ? 0 : 1));
    refuses(oneNegative, twenty, '(1 negative, 19 positive) cannot be split');
    const positiveTest = twenty.map((i): Split => (half[i] === 1 && i > 9 ? 'test' : 'train'));
    refuses(half, twenty, 'the test set (5 reviews) has no negative', positiveTest);
    const onlyTest = twenty.map((): Split => 'test');
    refuses(half, twenty, 'the training set (0 reviews)', onlyTest);
  });
});

describe('countDuplicates', () => {
  it('counts groups by where their copies lie', () => {
    const groups = groupEqualTexts(['a', 'b', 'a', 'b', 'c', 'c', 'd', 'd', 'e', 'd']);
    const splits = [0, 0, 0, 2, 2, 2, 0, 1, 0, 0];
    expect([...groups]).toEqual([0, 1, 0, 1, 2, 2, 3, 3, 4, 3]);
    expect(countDuplicates(groups, Uint8Array.from(splits))).toEqual({
      withinTrain: 2,
      withinTest: 1,
      acrossTrainTest: 1,
      acrossTrainValidation: 1,
      repeated: 5,
      distinct: 5,
    });
  });
});
