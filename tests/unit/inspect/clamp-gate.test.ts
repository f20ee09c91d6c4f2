import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clampGate, VALVES, withClampedGate } from '../../../src/core/inspect/clamp-gate.ts';
import { recurrentLayers } from '../../../src/core/inspect/recurrent-layers.ts';
import { statesOf } from '../../../src/core/inspect/states.ts';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import { makeSource, start, weightsOf } from '../training/fixture.ts';

const batches = [...makeSource(4, 24).epoch(0)];
const ROW = { ids: Int32Array.of(5, 9, 30, 7, 12), first: 0, length: 5 };

/** Weights far enough from 0 that the gates move. */
function makeLstm(recurrentActivation: 'sigmoid' | 'hardSigmoid', useBias = true): tf.LayersModel {
  const uniform = (seed: number) => tf.initializers.randomUniform({ minval: -1, maxval: 1, seed });
  return tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: 44,
        outputDim: 4,
        inputShape: [null],
        embeddingsInitializer: uniform(1),
      }),
      tf.layers.lstm({
        units: 3,
        useBias,
        recurrentActivation,
        kernelInitializer: uniform(2),
        recurrentInitializer: uniform(3),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: uniform(4) }),
    ],
  });
}

describe('a gate that is held', () => {
  beforeAll(() => start('simd'));

  for (const activation of ['sigmoid', 'hardSigmoid'] as const) {
    it(`has its value at every step and unit, and the others move (${activation})`, async () => {
      const model = makeLstm(activation);
      const layer = recurrentLayers(model)[0]!;
      for (const held of VALVES) {
        for (const value of [0, 0.25, 0.9, 1]) {
          const promise = withClampedGate(layer, held, value, () => gatesNow(model));
          for (const [name, values] of Object.entries(await promise)) {
            if (name === held) values.forEach((at) => expect(at).toBeCloseTo(value, 6));
            else expect(new Set(values.map((at) => at.toFixed(3))).size, name).toBeGreaterThan(3);
          }
        }
      }
      model.dispose();
    });
  }

  it('has a value of its own in each unit', async () => {
    const model = makeLstm('sigmoid');
    const layer = recurrentLayers(model)[0]!;
    const values = Array.from({ length: layer.units }, (_, unit) => (unit + 1) / (layer.units + 2));
    const { f } = await withClampedGate(layer, 'f', values, () => gatesNow(model));
    f!.forEach((at, i) => expect(at).toBeCloseTo(values[i % layer.units]!, 6));
    const run = (): void => {};
    expect(() => withClampedGate(layer, 'f', [0.5], run)).toThrow(/units, not 1/);
    model.dispose();
  });

  it('leaves the weights as they were, and no tensor behind', async () => {
    const model = makeLstm('sigmoid');
    const layer = recurrentLayers(model)[0]!;
    const before = weightsOf(model);
    await clampGate(model, layer, 'f', [0.5], batches);
    const { numTensors } = tf.memory();
    await clampGate(model, layer, 'o', [0, 1], batches);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect(weightsOf(model)).toEqual(before);
    model.dispose();
  });

  it('with the input shut, every review gets the same verdict', async () => {
    const model = makeLstm('hardSigmoid');
    const layer = recurrentLayers(model)[0]!;
    const [shut, open] = await clampGate(model, layer, 'i', [0, 1], batches);
    const { confusion, reviews } = shut!.evaluation;
    const positive = confusion.truePositives + confusion.falsePositives;
    expect([0, reviews]).toContain(positive);
    const whole = await evaluate(model, batches);
    expect(open!.evaluation.loss).not.toBeCloseTo(whole!.loss, 4);
    model.dispose();
  });

  it('is refused outside of 0 to 1, and in a layer without such a gate', () => {
    const model = makeLstm('sigmoid');
    const bare = makeLstm('sigmoid', false);
    const [layer] = recurrentLayers(model);
    const [biasless] = recurrentLayers(bare);
    const run = (): void => {};
    expect(() => withClampedGate(layer!, 'f', 1.2, run)).toThrow('from 0 to 1, not 1.2');
    expect(() => withClampedGate(layer!, 'f', Number.NaN, run)).toThrow('from 0 to 1');
    expect(() => withClampedGate(biasless!, 'f', 0.5, run)).toThrow('no LSTM with a bias');
    model.dispose();
    bare.dispose();
  });
});

/** All gates over one row; the pass itself is done when this returns. */
function gatesNow(model: tf.LayersModel): Promise<Record<string, number[]>> {
  const states = statesOf(model, ROW);
  return states.then(([layer]) =>
    Object.fromEntries(layer!.gates.map(({ name, values }) => [name, Array.from(values)])),
  );
}
