import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/core/random.ts';

describe('createRandom', () => {
  it('gives the same sequence for the same seed and another for another', () => {
    const draw = (seed: number): number[] => {
      const random = createRandom(seed);
      return Array.from({ length: 50 }, () => random.int(1000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7), 'the bits above 32 count').not.toEqual(draw(7 + 2 ** 32));
    expect(draw(0), 'equal halves').not.toEqual(draw(1 + 2 ** 32));
    expect(draw(1 + 2 * 2 ** 32), 'halves exchanged').not.toEqual(draw(2 + 2 ** 32));
  });

  it('keeps its sequence, which the stored order of the reviews depends on', () => {
    const random = createRandom(2011);
    expect(Array.from({ length: 6 }, () => random.int(2 ** 32))).toEqual([
      2795009625, 2447238551, 435210902, 2688429358, 3018411277, 1879411585,
    ]);
  });

  it('draws integers evenly', () => {
    const random = createRandom(1);
    const histogram = Array.from({ length: 7 }, () => 0);
    for (let i = 0; i < 70_000; i++) histogram[random.int(7)]!++;
    for (const count of histogram) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('stays in range', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, n) => {
        const random = createRandom(seed);
        const integer = random.int(n);
        const real = random.next();
        return integer >= 0 && integer < n && real >= 0 && real < 1;
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('shuffles in place, every order about equally often', () => {
    const random = createRandom(3);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const array = Uint8Array.of(1, 2, 3);
      expect(random.shuffle(array)).toBe(array);
      seen.set(array.join(), (seen.get(array.join()) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const [order, count] of seen) expect(Math.abs(count - 1000), order).toBeLessThan(150);
  });

  it('refuses bad seeds and bounds', () => {
    expect(() => createRandom(0.5)).toThrow(/safe integer, not 0.5/);
    expect(() => createRandom(NaN)).toThrow(RangeError);
    for (const n of [0, -1, 1.5, 2 ** 32 + 1]) {
      expect(() => createRandom(1).int(n)).toThrow(`not ${n}`);
    }
  });
});
