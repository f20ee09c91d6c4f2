import { expect } from '@playwright/test';
import { test } from './kernels/harness.ts';

test.use({ worker: new URL('kernels/worker-training.ts', import.meta.url).href });
// One bundle for all: compiling it takes seconds.
test.describe.configure({ mode: 'default' });

for (const { from, to, name } of [
  { from: 'webgpu', to: 'webgl', name: 'DeviceLostError' },
  { from: 'webgl', to: 'cpu', name: 'ContextLostError' },
] as const) {
  test(`training that loses ${from} goes on with its weights on ${to}`, async ({ askAlone }) => {
    const shape = { batch: 4, steps: 6, units: 5, words: 20, size: 4 };
    const { error, losses, expected } = await askAlone('loseAndGoOn', { from, to, shape });
    expect(error).toBe(name);
    for (const [step, loss] of expected.entries()) {
      expect(losses[step], `loss before step ${step + 1}`).toBeCloseTo(loss, 4);
    }
    expect(losses).toEqual(losses.toSorted((a, b) => b - a));
  });
}

if (process.env.TIME_KERNELS) {
  const shape = { batch: 32, steps: 500, units: 64, words: 10_000, size: 128 };
  for (const { backend, sizes, stock } of [
    { backend: 'webgpu', sizes: { steps: 500, units: 64 }, stock: true },
    { backend: 'webgl', sizes: { steps: 50, units: 64 }, stock: true },
    { backend: 'webgpu', sizes: { steps: 200, units: 256 }, stock: false },
    { backend: 'webgl', sizes: { steps: 200, units: 256 }, stock: false },
  ] as const) {
    const title = `${backend}, ${sizes.units} units, ${sizes.steps} timesteps`;
    test(`the time of a training step on ${title}`, async ({ askAlone }) => {
      test.setTimeout(900_000);
      const question = { backend, shape: { ...shape, ...sizes } };
      const ours = await askAlone('trainTiming', { ...question, fused: true, repeats: 3 });
      console.log(`${title}: ours ${ours.toFixed(0)} ms`);
    });
    if (!stock) continue;
    test(`the time of TensorFlow.js’s own training step on ${title}`, async ({ askAlone }) => {
      test.setTimeout(900_000);
      const question = { backend, shape: { ...shape, ...sizes } };
      const theirs = await askAlone('trainTiming', { ...question, fused: false, repeats: 1 });
      console.log(`${title}: TensorFlow.js ${theirs.toFixed(0)} ms`);
    });
  }
}
