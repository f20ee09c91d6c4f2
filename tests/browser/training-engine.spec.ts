import { expect } from '@playwright/test';
import { test } from './kernels/harness.ts';
import type { AskTraining } from './training/protocol.ts';

test.describe.configure({ mode: 'default' });
test.use({ worker: new URL('training/worker.ts', import.meta.url).href });

test('a run goes on from IndexedDB as if it had never stopped', async ({ askAlone }) => {
  const ask = askAlone as unknown as AskTraining;
  const { straight, resumed, listed, bytes, room, leftAfterRemoval } = await ask('resume', {});
  expect(straight).toHaveLength(16);
  expect(resumed).toEqual(straight);
  expect(listed).toEqual([{ run: 'a', step: 7 }]);
  expect(room.used).toBe(bytes);
  expect(room.limit).toBeGreaterThan(bytes);
  expect(leftAfterRemoval).toBe(0);
});

test('a full store is told of, and training goes on', async ({ askAlone }) => {
  const ask = askAlone as unknown as AskTraining;
  const { errors, last, kept } = await ask('full', {});
  expect(errors).toEqual(['StoreFullError', 'StoreFullError', 'StoreFullError']);
  expect(last).toBe('end');
  expect(kept).toBe(0);
});

test('a run that loses WebGL goes on with the CPU from its last good state', async ({
  askAlone,
}) => {
  const ask = askAlone as unknown as AskTraining;
  const { error, from, backends, losses, looks, expected } = await ask('lose', {});
  expect(error).toContain('WebGL context is lost');
  expect(from).toBe(4);
  expect(backends).toEqual(['webgl', 'cpu']);
  expect(losses).toHaveLength(expected.losses.length);
  losses.forEach((loss, i) => expect(loss, `step ${i + 1}`).toBeCloseTo(expected.losses[i]!, 3));
  expect(looks).toHaveLength(2);
  for (const [i, look] of looks.entries()) {
    expect(look).toHaveLength(expected.looks[i]!.length);
    look.forEach((number, j) => {
      expect(number, `look ${i}, number ${j}`).toBeCloseTo(expected.looks[i]![j]!, 3);
    });
  }
});
