import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { dissectStep } from '../../../src/core/inspect/step-anatomy.ts';
import type { AnatomyRequest } from '../../../src/core/inspect/step-anatomy.ts';
import { Run } from '../../../src/core/training/run.ts';
import { SGD } from '../../../src/core/training/settings.ts';
import type { ClippingSettings } from '../../../src/core/training/settings.ts';
import { backward } from '../../../src/core/training/step/backward.ts';
import { trainablesOf } from '../../../src/core/training/step/model-variables.ts';
import { makeModel, makeSource, settingsWith, start, weightsOf } from '../training/fixture.ts';

const LEARNING_RATE = 0.5;
const training = makeSource(3, 16);
const [first, second] = [...training.epoch(0)];

const CLIPPINGS = [
  { kind: 'none' },
  { kind: 'clipvalue', value: 0.002 },
  { kind: 'clipnorm', value: 0.005 },
  { kind: 'global_clipnorm', value: 0.01 },
] satisfies ClippingSettings[];

const request: AnatomyRequest = {
  learningRate: LEARNING_RATE,
  clippings: CLIPPINGS,
  distances: [0, 0.01, 0.1],
  limits: [1e-4, 0.002, 1e6],
};

/** The gradient of each variable of the untrained model, in plain numbers. */
function plainGradients(): number[][] {
  const model = makeModel();
  const { loss, accuracy, gradients } = backward(model, trainablesOf(model), first!, {
    labelSmoothing: 0,
    dropoutSeed: 0,
  });
  const values = gradients.map((gradient) => Array.from(gradient.dataSync<'float32'>()));
  tf.dispose([loss, accuracy, ...gradients]);
  model.dispose();
  return values;
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const norm = (a: readonly number[]): number => Math.sqrt(dot(a, a));

/** Clipping as its definition says, one variable after the other. */
function clipPlainly(gradients: readonly number[][], settings: ClippingSettings): number[][] {
  switch (settings.kind) {
    case 'none':
      return gradients.map((values) => [...values]);
    case 'clipvalue': {
      const { value } = settings;
      return gradients.map((values) => values.map((x) => Math.max(-value, Math.min(value, x))));
    }
    case 'clipnorm':
      return gradients.map((values) => shrink(values, Math.min(1, settings.value / norm(values))));
    case 'global_clipnorm': {
      const factor = Math.min(1, settings.value / norm(gradients.flat()));
      return gradients.map((values) => shrink(values, factor));
    }
  }
}

const shrink = (values: readonly number[], by: number): number[] => values.map((x) => x * by);

/** Loss of the first batch after one real step. */
async function lossAfter(clipping: ClippingSettings): Promise<number> {
  const model = makeModel();
  const optimizer = { ...SGD, learningRate: LEARNING_RATE };
  const settings = settingsWith({ epochs: 1, optimizer, clipping });
  // The batch twice: the second step tells what the first has left.
  const twice = { size: 2, epoch: () => [first!, first!] };
  const losses: number[] = [];
  for await (const event of new Run({ model, settings, training: twice }).start()) {
    if (event.type === 'batch') losses.push(event.batch.loss);
  }
  model.dispose();
  return losses[1]!;
}

describe('a step taken apart', () => {
  beforeAll(() => start('simd'));

  it('has the angles of the dot products, and the norms', async () => {
    const model = makeModel();
    const anatomy = await dissectStep(model, first!, request);
    const raw = plainGradients();
    const whole = raw.flat();
    expect(anatomy.norm).toBeCloseTo(norm(whole), 6);
    anatomy.variables.forEach(({ norm: own }, i) => expect(own).toBeCloseTo(norm(raw[i]!), 6));
    for (const { clipping, angle, norm: after, distance } of anatomy.landings) {
      const clipped = clipPlainly(raw, clipping).flat();
      const cosine = dot(whole, clipped) / (norm(whole) * norm(clipped));
      expect(Math.cos(angle), clipping.kind).toBeCloseTo(cosine, 5);
      expect(after, clipping.kind).toBeCloseTo(norm(clipped), 5);
      expect(distance).toBeCloseTo(LEARNING_RATE * norm(clipped), 5);
    }
    const [none, byValue, perVariable, together] = anatomy.landings;
    expect(none!.angle).toBe(0);
    expect(byValue!.angle, 'by value it bends').toBeGreaterThan(0.1);
    expect(perVariable!.angle, 'per variable it bends').toBeGreaterThan(0.1);
    expect(together!.angle, 'together it does not').toBeLessThan(1e-3);
    for (const [limit, angle] of anatomy.angles) {
      const clipped = clipPlainly(raw, { kind: 'clipvalue', value: limit }).flat();
      expect(Math.cos(angle)).toBeCloseTo(dot(whole, clipped) / norm(whole) / norm(clipped), 5);
    }
    model.dispose();
  });

  it('lands where a real step lands', async () => {
    const model = makeModel();
    const { landings, slice, loss } = await dissectStep(model, first!, request);
    for (const { clipping, loss: after } of landings) {
      expect(after, clipping.kind).toBeCloseTo(await lossAfter(clipping), 6);
    }
    expect(slice[0]).toEqual([0, expect.closeTo(loss, 6)]);
    // Clipped together, it lies on the slice: a short way down.
    expect(slice[1]![1]).toBeLessThan(loss);
    model.dispose();
  });

  it('leaves the weights as they were, and no tensor behind', async () => {
    const model = makeModel();
    const before = weightsOf(model);
    await dissectStep(model, second!, request);
    const { numTensors } = tf.memory();
    await dissectStep(model, second!, request);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(weightsOf(model)).toEqual(before);
    model.dispose();
  });

  it('is refused when the gradient is no longer a number', async () => {
    const model = makeModel();
    const poisoned = { ...first!, labels: first!.labels.map(() => Number.NaN) };
    await expect(dissectStep(model, poisoned, request)).rejects.toThrow('no longer a number');
    model.dispose();
  });
});
