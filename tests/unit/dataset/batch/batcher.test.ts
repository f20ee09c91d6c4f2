import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Batcher } from '../../../../src/core/dataset/batch/batcher.ts';
import type { Batch, BatchOptions } from '../../../../src/core/dataset/batch/batcher.ts';
import { EncodingSchemeError } from '../../../../src/core/text/encoding-scheme.ts';
import { padSequences } from '../../../../src/core/text/pad-sequences.ts';
import { documentsBelow, makeVocabulary, schemes, sides, tableOf } from './fixture.ts';

const WORDS = 50;
const vocabulary = makeVocabulary(WORDS);

const truncatings = (maxlen: number): fc.Arbitrary<BatchOptions['truncating']> =>
  fc.oneof(
    sides,
    fc.nat(maxlen).map((head) => ({ head, tail: maxlen - head })),
  );

const options: fc.Arbitrary<BatchOptions> = fc.integer({ min: 1, max: 30 }).chain((maxlen) =>
  fc.record({
    batchSize: fc.integer({ min: 1, max: 12 }),
    maxlen: fc.constant(maxlen),
    scheme: schemes,
    padding: sides,
    truncating: truncatings(maxlen),
    buckets: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
    widthMultiple: fc.integer({ min: 1, max: 8 }),
    shuffle: fc.boolean(),
    seed: fc.nat(),
  }),
);

function rowsOf(batches: Iterable<Batch>): number[] {
  return Array.from(batches, ({ rows }) => Array.from(rows)).flat();
}

describe('Batcher', () => {
  it('writes exactly what encodeIndices and padSequences give', () => {
    fc.assert(
      fc.property(documentsBelow(WORDS), options, fc.nat(5), (documents, asked, epoch) => {
        const table = tableOf(documents);
        const batcher = new Batcher(table, vocabulary, asked);
        for (const batch of batcher.epoch(epoch)) {
          const reviews = Array.from(batch.rows, (row) => row - 500);
          const sequences = reviews.map((i) =>
            vocabulary.encodeIndices(documents[i]!, asked.scheme),
          );
          const { padding, scheme, maxlen } = asked;
          const [, width] = batch.shape;
          // Nothing is cut in a narrow batch; `lengths` below would tell.
          const truncating = width === maxlen ? asked.truncating : 'pre';
          const value = scheme?.padId;
          const expected = padSequences(sequences, { maxlen: width, padding, truncating, value });
          expect(batch.ids).toEqual(expected.ids);
          expect(batch.shape).toEqual(expected.shape);
          expect(batch.lengths).toEqual(expected.lengths);
          expect(Array.from(batch.labels)).toEqual(reviews.map((i) => i % 2));
          const whole = padSequences(sequences, { maxlen });
          expect(batch.lengths, 'a narrow batch cuts more than maxlen').toEqual(whole.lengths);
          expect(whole.cut).toEqual(Int32Array.from(reviews, (i) => batcher.cut[i]!));
          if (asked.buckets === undefined) expect(width).toBe(maxlen);
        }
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('cuts the start id with truncating "pre" and keeps it with "post", as Keras does', () => {
    const table = tableOf([[0, 1, 2]]);
    const ids = (truncating: 'pre' | 'post') => {
      const batcher = new Batcher(table, vocabulary, { batchSize: 1, maxlen: 3, truncating });
      return Array.from([...batcher.epoch(0)][0]!.ids);
    };
    expect(ids('pre')).toEqual([4, 5, 6]);
    expect(ids('post')).toEqual([1, 4, 5]);
  });

  it('gives every review once per epoch, in batches of which only the last is smaller', () => {
    fc.assert(
      fc.property(documentsBelow(WORDS), options, fc.nat(1000), (documents, asked, epoch) => {
        const table = tableOf(documents);
        const batcher = new Batcher(table, vocabulary, asked);
        const batches = [...batcher.epoch(epoch)];
        expect(rowsOf(batches).toSorted((a, b) => a - b)).toEqual(Array.from(table.rows));
        expect(batches).toHaveLength(batcher.size);
        for (const batch of batches.slice(0, -1)) expect(batch.rows).toHaveLength(asked.batchSize);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  const hundred = tableOf(Array.from({ length: 100 }, (_, i) => Array(i % 23).fill(i % WORDS)));

  const make = (more: Partial<BatchOptions> = {}) =>
    new Batcher(hundred, vocabulary, { batchSize: 8, maxlen: 20, ...more });

  it.each([undefined, 4])('orders by seed and epoch alone (buckets: %s)', (buckets) => {
    const batcher = make({ buckets, seed: 42 });
    const order = rowsOf(batcher.epoch(3));
    expect(rowsOf(batcher.epoch(3)), 'repeated').toEqual(order);
    expect(rowsOf(make({ buckets, seed: 42 }).epoch(3)), 'by another batcher').toEqual(order);
    expect(rowsOf(batcher.epoch(4)), 'in another epoch').not.toEqual(order);
    expect(rowsOf(make({ buckets, seed: 43 }).epoch(3)), 'by another seed').not.toEqual(order);
  });

  it('keeps two epochs that run at the same time apart', () => {
    const batcher = make();
    const [a, b] = [batcher.epoch(0), batcher.epoch(1)];
    const rows: number[][] = [[], []];
    for (let i = 0; i < batcher.size; i += 1) {
      rows[0]!.push(...a.next().value!.rows);
      rows[1]!.push(...b.next().value!.rows);
    }
    expect(rows).toEqual([rowsOf(batcher.epoch(0)), rowsOf(batcher.epoch(1))]);
  });

  it('keeps the order of the table when it does not shuffle', () => {
    for (const buckets of [undefined, 5]) {
      const batcher = make({ buckets, shuffle: false });
      expect(rowsOf(batcher.epoch(2))).toEqual(Array.from(hundred.rows));
    }
  });

  it('takes an epoch up at any batch', () => {
    for (const buckets of [undefined, 4]) {
      const batcher = make({ buckets });
      const all = [...batcher.epoch(2)];
      for (const from of [0, 1, 12, 13]) {
        expect([...batcher.epoch(2, from)], `from ${from}`).toEqual(all.slice(from));
      }
    }
  });

  it('gives no batches for no reviews', () => {
    const batcher = new Batcher(tableOf([]), vocabulary, { batchSize: 8, maxlen: 20 });
    expect(batcher.size).toBe(0);
    expect([...batcher.epoch(0)]).toEqual([]);
  });

  describe('balanced', () => {
    /** One positive review in five, of 103. */
    const table = {
      ...tableOf(Array.from({ length: 103 }, (_, i) => Array(i % 23).fill(i % WORDS))),
      labels: Uint8Array.from({ length: 103 }, (_, i) => Number(i % 5 === 0)),
    };
    const balancedBatcher = (more: Partial<BatchOptions> = {}) =>
      new Batcher(table, vocabulary, { batchSize: 8, maxlen: 20, balance: true, ...more });

    it.each([undefined, 4])('gives both classes equally often (buckets: %s)', (buckets) => {
      const batcher = balancedBatcher({ buckets });
      const batches = [...batcher.epoch(0)];
      const labels = batches.flatMap((batch) => Array.from(batch.labels));
      expect(labels.filter((label) => label === 0).length).toBe(82);
      expect(labels.filter((label) => label === 1).length).toBe(82);
      expect(batches.length).toBe(batcher.size);
      const times = new Map<number, number>();
      for (const row of rowsOf(batches)) times.set(row, (times.get(row) ?? 0) + 1);
      // 21 positive reviews in 82 places: each three or four times, each negative one once.
      expect(times.size).toBe(103);
      const counts = table.labels.reduce(
        (seen, label, i) => seen[label]!.add(times.get(i + 500)!) && seen,
        [new Set<number>(), new Set<number>()],
      );
      expect(counts).toEqual([new Set([1]), new Set([3, 4])]);
    });

    it('repeats others in each epoch, and the same for the same seed', () => {
      const [a, b] = [0, 1].map((epoch) => rowsOf(balancedBatcher().epoch(epoch)).toSorted());
      expect(a).not.toEqual(b);
      expect(rowsOf(balancedBatcher().epoch(1)).toSorted()).toEqual(b);
    });

    it('changes nothing in number where the classes are equal, or one is missing', () => {
      expect(rowsOf(make({ balance: true }).epoch(0)).toSorted()).toEqual(Array.from(hundred.rows));
      const negative = { ...hundred, labels: new Uint8Array(100) };
      const batcher = new Batcher(negative, vocabulary, {
        batchSize: 8,
        maxlen: 20,
        balance: true,
      });
      expect(rowsOf(batcher.epoch(0)).toSorted()).toEqual(Array.from(hundred.rows));
      expect(batcher.size).toBe(13);
    });
  });

  it.each<[Partial<BatchOptions>, string]>([
    [{ batchSize: 0 }, 'batchSize is 0'],
    [{ batchSize: 1.5 }, 'batchSize is 1.5'],
    [{ maxlen: 0 }, 'maxlen is 0'],
    [{ buckets: 0 }, 'buckets is 0'],
    [{ widthMultiple: -1 }, 'widthMultiple is -1'],
    [{ balance: true, shuffle: false }, 'balance repeats reviews: it needs shuffle'],
    [{ seed: 0.5 }, 'seed must be a safe integer, not 0.5'],
    [{ padding: 'left' as 'pre' }, 'padding must be'],
    [{ truncating: 'left' as 'pre' }, 'truncating must be'],
  ])('refuses %o', (wrong, message) => {
    expect(() => make(wrong)).toThrow(message);
  });

  it('refuses a scheme that contradicts itself, and ranks outside the vocabulary', () => {
    const size = { batchSize: 8, maxlen: 20 };
    expect(() => make({ scheme: { padId: 1 } })).toThrow(EncodingSchemeError);
    expect(() => new Batcher(tableOf([[WORDS]]), vocabulary, size)).toThrow(
      'Token 50 is no rank in a vocabulary of 50 words',
    );
  });

  it.each([-1, 0.5, NaN])('refuses epoch %d', (epoch) => {
    expect(() => make().epoch(epoch)).toThrow(`epoch is ${epoch}`);
  });
});
