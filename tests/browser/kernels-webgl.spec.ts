import { expect } from '@playwright/test';
import { TOLERANCES } from '../parity/tolerances.ts';
import { ALL_ATTRS, titleOf } from '../unit/kernels/recurrent-cases.ts';
import type { Shape } from '../unit/kernels/recurrent-cases.ts';
import type { RecurrentAttrs } from '../../src/core/kernels/spec/recurrent.ts';
import { createRandom } from '../../src/core/random.ts';
import { test } from './kernels/harness.ts';
import { expectParity as expectWithin, testRange } from './kernels/range-tests.ts';
import type { Ask } from './kernels/harness.ts';
import type { Case } from './kernels/protocol.ts';

const TOLERANCE = TOLERANCES.webgl;

const LSTM: RecurrentAttrs = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
};

// One page for all: compiling the bundle takes seconds.
test.describe.configure({ mode: 'default' });
test.use({ worker: new URL('kernels/worker-webgl.ts', import.meta.url).href });

const expectParity = (ask: Ask, cases: readonly Case[]): Promise<void> =>
  expectWithin(ask, cases, TOLERANCE);

const ROUTES: Readonly<Record<string, Shape>> = {
  'dense projections': { batch: 3, steps: 6, units: 5 },
  'rows of words': { batch: 3, steps: 6, units: 5, projectionRows: 7 },
  'a mask': { batch: 3, steps: 6, units: 5, masked: 0.4 },
  'rows of words and a mask': { batch: 3, steps: 6, units: 5, projectionRows: 7, masked: 0.4 },
};

for (const [route, shape] of Object.entries(ROUTES)) {
  test(`every cell agrees with the reference on ${route}`, async ({ ask }) => {
    await expectParity(
      ask,
      ALL_ATTRS.map((attrs) => ({ attrs, shape })),
    );
  });
}

const CELLS: readonly RecurrentAttrs[] = [
  LSTM,
  { ...LSTM, cell: 'GRU' },
  { ...LSTM, cell: 'GRU', resetAfter: true },
  { ...LSTM, cell: 'SimpleRNN' },
];

test('recurrent dropout agrees with the reference', async ({ ask }) => {
  const shape = { batch: 3, steps: 6, units: 5, dropped: 0.3 };
  await expectParity(
    ask,
    CELLS.flatMap((attrs) => [
      { attrs, shape },
      {
        attrs: { ...attrs, goBackwards: true },
        shape: { ...shape, projectionRows: 7, masked: 0.4 },
      },
    ]),
  );
});

test('every cell agrees with the reference over many words', async ({ ask }) => {
  // Two chunks of positions, and several runs of the kernel's gradient.
  const shape = { batch: 16, steps: 80, units: 33, projectionRows: 300, masked: 0.2 };
  await expectParity(
    ask,
    CELLS.map((attrs) => ({ attrs, shape })),
  );
});

test('sizes that fill a texture agree with the reference', async ({ ask }) => {
  const shapes: readonly Shape[] = [
    // In textures of 8192 texels a side, one step above another is too high: they stand side by side.
    { batch: 5000, steps: 5, units: 2 },
    // More rows than a texture is wide.
    { batch: 2, steps: 3, units: 2, projectionRows: 20_000 },
    { batch: 1, steps: 1, units: 1 },
    { batch: 1, steps: 3, units: 300, projectionRows: 2 },
  ];
  await expectParity(
    ask,
    shapes.flatMap((shape) => [
      { attrs: { ...LSTM, goBackwards: true }, shape },
      { attrs: { ...LSTM, cell: 'GRU' }, shape },
    ]),
  );
});

testRange(TOLERANCE);

test('a lost context is an error of its own', async ({ askAlone }) => {
  const shape = { batch: 2, steps: 3, units: 4 };
  const { error, isDeviceLost } = await askAlone('lose', { attrs: LSTM, shape });
  expect(error).toBe('ContextLostError: RecurrentForward: the WebGL context is lost');
  expect(isDeviceLost).toBe(true);
});

test('sums by segment skip ids that are none, and cross chunks of positions', async ({ ask }) => {
  const random = createRandom(4);
  for (const [length, columns, segments] of [
    [1, 1, 1],
    [10, 3, 4],
    [512, 64, 9],
    [2300, 30, 50],
    [600, 2, 40_000],
  ] as const) {
    const ids = Array.from({ length }, () => random.int(segments + 2) - 1);
    const { error, complaints } = await ask('segmentSum', { ids, columns, segments });
    expect(complaints).toEqual([]);
    expect(error, `${length} rows of ${columns} in ${segments} segments`).toBeLessThan(1e-5);
  }
});

for (const attrs of CELLS) {
  test(`${titleOf(attrs)} trains as on the CPU`, async ({ ask }) => {
    const shape = { batch: 4, steps: 9, units: 6, words: 30, size: 5 };
    const errors = await ask('step', { attrs, shape });
    expect(Object.keys(errors)).toContain('recurrentKernel');
    for (const [name, error] of Object.entries(errors)) {
      expect(error, name).toBeLessThan(TOLERANCE);
    }
  });
}

if (process.env.TIME_KERNELS) {
  for (const [steps, projectionRows] of [
    [50, 700],
    [500, 3500],
  ] as const) {
    test(`the time of an LSTM over ${steps} words`, async ({ ask }) => {
      const shape = { batch: 32, steps, units: 64 };
      const words = { ...shape, projectionRows };
      const { forward, backward } = await ask('timing', { attrs: LSTM, shape: words, repeats: 3 });
      const step = { ...shape, words: 10_000, size: 128 };
      const whole = await ask('stepTiming', { attrs: LSTM, shape: step, repeats: 2 });
      const [f, b, s] = [forward, backward, whole].map((time) => time.toFixed(0));
      console.log(`forward ${f} ms, backward ${b} ms; loss and gradients of a model ${s} ms`);
    });
  }
}
