import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealedOrder } from '../../../../src/core/dataset/prepare/sealed-order.ts';
import { planShards, planTextShards } from '../../../../src/core/dataset/prepare/shard-plan.ts';
import { createRandom } from '../../../../src/core/random.ts';

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i);

describe('sealedOrder', () => {
  it('is a permutation whose prefixes keep the classes in their shares', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1 }), { maxLength: 80 }), fc.nat(), (labels, seed) => {
        const members = range(0, labels.length);
        const order = sealedOrder(members, labels, createRandom(seed));
        expect(order.toSorted((a, b) => a - b)).toEqual(members);
        const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
        let positive = 0;
        order.forEach((member, i) => {
          positive += labels[member]!;
          expect(Math.abs(positive - share * (i + 1))).toBeLessThanOrEqual(1);
        });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('halves every even prefix of balanced classes, with either class first by chance', () => {
    const labels = range(0, 400).map((i) => (i < 200 ? 0 : 1));
    const order = sealedOrder(range(0, 400), labels, createRandom(1));
    let negativeFirst = 0;
    for (let i = 0; i < order.length; i += 2) {
      expect(labels[order[i]!]! + labels[order[i + 1]!]!, `pair at ${i}`).toBe(1);
      negativeFirst += 1 - labels[order[i]!]!;
    }
    expect(negativeFirst).toBeGreaterThan(70);
    expect(negativeFirst).toBeLessThan(130);
  });

  it('depends on the seed alone', () => {
    const labels = range(0, 100).map((i) => i % 2);
    const order = (seed: number): number[] =>
      sealedOrder(range(0, 100), labels, createRandom(seed));
    expect(order(1)).toEqual(order(1));
    expect(order(1)).not.toEqual(order(2));
  });
});

describe('planShards', () => {
  it('cuts IMDB into a starter of 3,000 reviews and shards of one split, in order', () => {
    const orders = {
      train: range(0, 20_000),
      validation: range(20_000, 25_000),
      test: range(25_000, 50_000),
    };
    const shards = planShards(orders);
    expect(shards[0]).toEqual({
      name: 'starter',
      members: [...range(0, 1600), ...range(20_000, 20_400), ...range(25_000, 26_000)],
    });
    expect(shards.map(({ name, members }) => [name, members.length])).toEqual([
      ['starter', 3000],
      ...range(1, 9).map((i) => [`train-0${i}`, 2300]),
      ...range(1, 3).map((i) => [`validation-0${i}`, 2300]),
      ...range(1, 11).map((i) => [`test-${String(i).padStart(2, '0')}`, 2400]),
    ]);
    const rest = shards.slice(1).flatMap(({ members }) => members);
    expect(rest).toEqual([
      ...range(1600, 20_000),
      ...range(20_400, 25_000),
      ...range(26_000, 50_000),
    ]);

    const texts = planTextShards(shards);
    expect(texts.flatMap(({ members }) => members)).toEqual([...shards[0]!.members, ...rest]);
    expect(texts).toHaveLength(100);
    for (const { members } of texts) expect(members).toHaveLength(500);
    expect(texts[0]?.name).toBe('texts-001');
  });

  it('cuts any sizes at whole pairs, with nothing lost', () => {
    const size = fc.integer({ min: 1, max: 12_000 });
    fc.assert(
      fc.property(size, size, size, (train, validation, test) => {
        const orders = {
          train: range(0, train),
          validation: range(train, train + validation),
          test: range(train + validation, train + validation + test),
        };
        const shards = planShards(orders);
        const all = shards.flatMap(({ members }) => members);
        expect(all.toSorted((a, b) => a - b)).toEqual(range(0, train + validation + test));
        for (const { name, members } of shards.slice(1)) {
          expect(members.length, name).toBeGreaterThan(0);
          expect(members.length, name).toBeLessThanOrEqual(2501);
          const next = members.at(-1)! + 1;
          const ends = [train, train + validation, train + validation + test];
          if (!ends.includes(next)) expect(members.length % 2, name).toBe(0);
        }
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('puts small data into one shard', () => {
    const shards = planShards({
      train: range(0, 64),
      validation: range(64, 80),
      test: range(80, 100),
    });
    expect(shards).toEqual([{ name: 'starter', members: range(0, 100) }]);
  });
});
