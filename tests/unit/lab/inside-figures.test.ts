import { describe, expect, it } from 'vitest';
import { activationsMap, radiiByStep, seenOf } from '../../../src/components/lab/inside-figures.ts';

/** Two units over three timesteps; a gate's value says where it stands: timestep, gate, unit. */
const lstm = {
  layer: 'recurrent_1',
  shape: [1, 3, 2],
  h: Float32Array.of(1, 2, 3, 4, 5, 6),
  c: Float32Array.of(7, 8, 9, 10, 11, 12),
  gates: Float32Array.from({ length: 3 * 4 * 2 }, (_, i) => {
    const [step, gate, unit] = [Math.floor(i / 8), Math.floor((i % 8) / 2), i % 2];
    return 100 * step + 10 * gate + unit;
  }),
};
const step = (text: string, kind: 'word' | 'unknown' | 'pad') => ({ text, id: 5, kind });
const review = {
  row: 1,
  label: 1,
  timesteps: [step('', 'pad'), step('good', 'word'), step('xqzzt', 'unknown')],
};

describe('what is seen of a layer', () => {
  it('is its states and the gates of its cell', () => {
    const names = (layer: Partial<typeof lstm>) =>
      seenOf([{ layer: 'x', shape: lstm.shape, h: lstm.h, ...layer }]).map(
        ({ quantity }) => quantity,
      );
    expect(names(lstm)).toEqual(['h', 'c', 'i', 'f', 'g', 'o']);
    expect(names({ gates: new Float32Array(3 * 3 * 2) })).toEqual(['h', 'z', 'r', 'g']);
    expect(names({})).toEqual(['h']);
  });

  it('is drawn by its own block of the gates, with the words of the review', () => {
    const map = (quantity: string) =>
      activationsMap(
        seenOf([lstm]).find((seen) => seen.quantity === quantity)!,
        review,
      )!;
    expect(Array.from(map('c').values)).toEqual([7, 8, 9, 10, 11, 12]);
    expect(Array.from(map('f').values)).toEqual([10, 11, 110, 111, 210, 211]);
    expect(Array.from(map('o').values)).toEqual([30, 31, 130, 131, 230, 231]);
    expect(map('h')).toMatchObject({
      ...{ steps: 3, units: 2, words: ['', 'good', '▢ xqzzt'], pad: [true, false, false] },
    });
  });

  it('is not drawn beside the words of another review', () => {
    const other = { ...review, timesteps: review.timesteps.slice(1) };
    expect(activationsMap(seenOf([lstm])[0]!, other)).toBeUndefined();
  });
});

describe('radiiByStep', () => {
  it('has a line for each gate of each kernel, named by both', () => {
    const line = [[1, 0.5]] as const;
    const radii = new Map([
      ['recurrent_1/recurrent_kernel', [line, line, line]],
      ['recurrent_2/recurrent_kernel', [line]],
    ]);
    const { series } = radiiByStep({ radii });
    expect(series.map(({ name }) => name)).toEqual([
      'recurrent_1, z',
      'recurrent_1, r',
      'recurrent_1, g',
      'recurrent_2',
    ]);
    expect(series[1]!.points).toEqual(line);
  });
});
