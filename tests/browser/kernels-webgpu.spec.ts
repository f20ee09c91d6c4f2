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

const TOLERANCE = TOLERANCES.webgpu;

const LSTM: RecurrentAttrs = {
  cell: 'LSTM',
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter: false,
  goBackwards: false,
};
const CELLS: readonly RecurrentAttrs[] = [
  LSTM,
  { ...LSTM, cell: 'GRU' },
  { ...LSTM, cell: 'GRU', resetAfter: true },
  { ...LSTM, cell: 'SimpleRNN' },
];

// One page for all: compiling the bundle takes seconds.
test.describe.configure({ mode: 'default' });

const expectParity = (ask: Ask, cases: readonly Case[]): Promise<void> =>
  expectWithin(ask, cases, TOLERANCE);

const SMALL: Shape = { batch: 3, steps: 6, units: 5 };
const ROUTES: Readonly<Record<string, [attrs: readonly RecurrentAttrs[], shape: Shape]>> = {
  'every cell agrees with the reference on dense projections': [ALL_ATTRS, SMALL],
  'every cell agrees with the reference on rows of words and a mask': [
    ALL_ATTRS,
    { ...SMALL, projectionRows: 7, masked: 0.4 },
  ],
  'recurrent dropout skips masked steps': [
    [...CELLS, ...CELLS.map((attrs) => ({ ...attrs, goBackwards: true }))],
    { ...SMALL, projectionRows: 7, masked: 0.4, dropped: 0.3 },
  ],
  'rows of words need no mask': [CELLS, { ...SMALL, projectionRows: 7 }],
  'a mask needs no rows of words': [CELLS, { ...SMALL, masked: 0.4 }],
  'recurrent dropout agrees with the reference': [CELLS, { ...SMALL, dropped: 0.3 }],
};

for (const [title, [attributes, shape]] of Object.entries(ROUTES)) {
  test(title, async ({ ask }) => {
    await expectParity(
      ask,
      attributes.map((attrs) => ({ attrs, shape })),
    );
  });
}

const LARGE: readonly Case[] = [
  // Four rows of the batch a workgroup; the second workgroup has one.
  ...CELLS.map((attrs) => ({
    attrs,
    shape: { batch: 5, steps: 4, units: 72, projectionRows: 9, masked: 0.3 },
  })),
  ...CELLS.map((attrs) => ({
    attrs,
    shape: { batch: 5, steps: 4, units: 72, masked: 0.3, dropped: 0.5 },
  })),
  // Two rows a workgroup, then one.
  { attrs: LSTM, shape: { batch: 2, steps: 3, units: 250 } },
  { attrs: { ...LSTM, goBackwards: true }, shape: { batch: 1, steps: 3, units: 512 } },
  // More than one dispatch.
  { attrs: { ...LSTM, goBackwards: true }, shape: { batch: 8, steps: 80, units: 128 } },
];

test('cells too large for registers agree with the reference', async ({ ask }) => {
  await expectParity(ask, LARGE);
});

test('cells at the edge of the registers agree with the reference over dispatches', async ({
  ask,
}) => {
  const shape = { batch: 32, steps: 90, units: 64, projectionRows: 700, masked: 0.2 };
  await expectParity(
    ask,
    CELLS.map((attrs) => ({ attrs, shape })),
  );
});

testRange(TOLERANCE);

test('a lost device is an error of its own', async ({ askAlone }) => {
  const shape = { batch: 2, steps: 3, units: 4 };
  const { error, isDeviceLost } = await askAlone('lose', { attrs: LSTM, shape });
  expect(error).toBe(
    'DeviceLostError: The WebGPU device is lost (destroyed): Device was destroyed.',
  );
  expect(isDeviceLost).toBe(true);
});

test('sums by segment skip ids that are none, and cross blocks of positions', async ({ ask }) => {
  const random = createRandom(4);
  for (const [length, columns, segments] of [
    [1, 1, 1],
    [10, 3, 4],
    [512, 64, 9],
    [1300, 300, 50],
    [600, 2, 40_000],
  ] as const) {
    const ids = Array.from({ length }, () => random.int(segments + 2) - 1);
    const { error, complaints } = await ask('segmentSum', { ids, columns, segments });
    expect(complaints).toEqual([]);
    expect(error, `${length} rows of ${columns} in ${segments} segments`).toBeLessThan(1e-5);
  }
});

test('products of matrices are right and repeat themselves, ours and those left to TensorFlow.js', async ({
  ask,
}) => {
  for (const transposed of ['none', 'left', 'right'] as const) {
    for (const [rows, columns, depth] of [
      [4, 4, 4],
      [132, 36, 8],
      [12, 68, 300],
      // Several partial sums.
      [16, 20, 1000],
      // Numbers of words, on either side.
      [7, 8, 12],
      [8, 12, 259],
      // No multiples of four.
      [5, 7, 9],
    ] as const) {
      for (const biased of [false, true]) {
        const question = { rows, columns, depth, transposed, biased };
        const { error, unstable, complaints } = await ask('matMul', question);
        const title = JSON.stringify(question);
        expect(complaints, title).toEqual([]);
        expect(error, title).toBeLessThan(TOLERANCE);
        expect(unstable, title).toBe(false);
      }
    }
  }
});

test('a result that the GPU can’t hold is an error that names the limit', async ({ ask }) => {
  const tooMany = { ids: [0, 1, 2], columns: 8, segments: 2 ** 30 };
  await expect(ask('segmentSum', tooMany)).rejects.toThrow(
    /KernelShapeError: UnsortedSegmentSum: a tensor of shape \[1073741824,8\] takes 34359738368 bytes, but this GPU's limit is \d+/,
  );
});

for (const attrs of CELLS) {
  test(`${titleOf(attrs)} trains as on the CPU`, async ({ ask }) => {
    // More distinct words than one run of the bias's gradient.
    const shape = { batch: 12, steps: 60, units: 6, words: 2000, size: 5 };
    const errors = await ask('step', { attrs, shape });
    expect(Object.keys(errors)).toContain('recurrentKernel');
    for (const [name, error] of Object.entries(errors)) {
      expect(error, name).toBeLessThan(TOLERANCE);
    }
  });
}

if (process.env.KERNELS_FULL) {
  test('cells of every size agree with the reference', async ({ ask }) => {
    test.setTimeout(1_800_000);
    const sizes = [
      1, 2, 3, 8, 15, 16, 31, 32, 33, 63, 64, 65, 85, 86, 127, 128, 170, 256, 341, 511,
    ];
    for (const units of sizes) {
      for (const attrs of CELLS) {
        const shape = { batch: 6, steps: 25, units, projectionRows: 40, masked: 0.1 };
        await expectParity(ask, [{ attrs, shape }]);
      }
    }
    const shape = { batch: 32, steps: 500, units: 64, projectionRows: 3500 };
    await expectParity(
      ask,
      CELLS.map((attrs) => ({ attrs, shape })),
    );
  });

  test('the time of an LSTM over 500 words', async ({ ask }) => {
    const shape = { batch: 32, steps: 500, units: 64 };
    const kernels = { ...shape, projectionRows: 3500 };
    const { forward, backward } = await ask('timing', { attrs: LSTM, shape: kernels, repeats: 3 });
    const classifier = { ...shape, words: 10_000, size: 128 };
    const step = await ask('stepTiming', { attrs: LSTM, shape: classifier, repeats: 3 });
    const [f, b, s] = [forward, backward, step].map((time) => time.toFixed(0));
    console.log(`forward ${f} ms, backward ${b} ms, loss and all gradients ${s} ms`);
  });
}
