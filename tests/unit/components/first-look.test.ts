import { expect, it } from 'vitest';
import { packLook, unpackLook } from '../../../src/components/inspect/first-look.ts';
import type { FirstLook } from '../../../src/components/inspect/first-look.ts';

const look: FirstLook = {
  subject: { model: { kind: 'shipped', name: 'lstm' }, name: 'LSTM', text: 'good </script> film' },
  review: {
    timesteps: [
      { text: '', id: 0, kind: 'pad' },
      { text: 'good', id: 12, kind: 'word' },
    ],
    cut: 0,
    logit: 0.123456,
    layers: [
      {
        name: 'recurrent_1',
        cell: 'LSTM',
        units: 1,
        backwards: false,
        adds: false,
        h: Float32Array.of(0, 0.123456),
        c: Float32Array.of(0, -1.98765),
        gates: [{ name: 'f', values: Float32Array.of(0.5, 0.987654) }],
        gradient: Float32Array.of(1.23456e-9, 0),
        path: { points: Float32Array.of(0, 0, 1, 1), explained: [1, 0] },
        similar: { order: [0], cluster: [0] },
      },
    ],
    timesInput: Float32Array.of(0, 0.25),
  },
  running: Float32Array.of(Number.NaN, 0.123456),
  occlusion: Float32Array.of(Number.NaN, -2),
};

it('a first look comes back from JSON as it was, to three figures', () => {
  const back = unpackLook(packLook(look));
  expect(back.subject).toEqual(look.subject);
  expect(back.review.timesteps).toEqual(look.review.timesteps);
  expect(back.running).toBeInstanceOf(Float32Array);
  expect(Array.from(back.running)).toEqual([Number.NaN, Math.fround(0.123)]);
  expect(Array.from(back.occlusion)).toEqual([Number.NaN, -2]);
  const [layer] = back.review.layers;
  expect(layer!.h[1]).toBe(Math.fround(0.123));
  expect(layer!.c![1]).toBe(Math.fround(-1.99));
  expect(layer!.gates[0]!.values[1]).toBe(Math.fround(0.988));
  expect(layer!.gradient[0], 'small numbers keep their figures').toBe(Math.fround(1.23e-9));
  expect(layer!.path).toEqual(look.review.layers[0]!.path);
});
