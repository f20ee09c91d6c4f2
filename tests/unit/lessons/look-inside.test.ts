import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { readerOf } from '../../../src/core/inspect/text-reader.ts';
import { sampleBatches } from '../../../src/core/inspect/sample-batches.ts';
import { GATES } from '../../../src/core/kernels/spec/recurrent-contract.ts';
import { recurrentForwardReference } from '../../../src/core/kernels/spec/reference-recurrent.ts';
import { addProduct } from '../../../src/core/kernels/spec/reference-step.ts';
import { reviewsOf } from '../../../src/core/pipeline/sample.ts';
import { evaluate } from '../../../src/core/training/evaluation/evaluate.ts';
import { openStarter } from '../../../src/figures/open-data.ts';
import { openShipped } from '../../../src/figures/shipped-model.ts';
import * as lesson from '../../../src/lessons/look-inside/data.ts';
import { costOf, guessCost, list } from '../../../src/lessons/look-inside/wording.ts';

const { hero, network, silenced } = lesson;

/** A second copy of the network, which tests may change. */
async function copy() {
  const shipped = await openShipped([network.name]);
  const { model, ...rest } = shipped!.trained;
  const [embedding, recurrent, verdict] = ['Embedding', network.cell, 'Dense'].map((kind) =>
    model.layers.find((layer) => layer.getClassName() === kind),
  );
  return { ...rest, model, embedding: embedding!, recurrent: recurrent!, verdict: verdict! };
}

describe('the hero of the lesson', () => {
  it('shows the states and verdicts that the reference kernels compute', async () => {
    const { embedding, recurrent, verdict } = await copy();
    const [table] = embedding.getWeights().map((weight) => weight.arraySync() as number[][]);
    const [kernel, recurrentKernel, bias] = recurrent
      .getWeights()
      .map((weight) => weight.dataSync<'float32'>());
    const steps = hero.timesteps.length;
    const { units } = hero;
    const width = GATES[network.cell] * units;
    const projections = new Float32Array(steps * width);
    hero.timesteps.forEach(({ id }, step) => {
      const row = projections.subarray(step * width, (step + 1) * width);
      row.set(bias!);
      addProduct(row, Float32Array.from(table![id]!), kernel!);
    });
    const activation = String(recurrent.getConfig()['recurrentActivation'] ?? 'sigmoid');
    const { h } = recurrentForwardReference(
      {
        projections,
        rows: undefined,
        mask: undefined,
        recurrentKernel: recurrentKernel!,
        recurrentBias: new Float32Array(0),
        h0: new Float32Array(units),
        c0: new Float32Array(units),
      },
      {
        cell: network.cell,
        activation: 'tanh',
        recurrentActivation: /hard/i.test(activation) ? 'hardSigmoid' : 'sigmoid',
        resetAfter: false,
        goBackwards: false,
      },
      { batch: 1, steps, units, width, projectionRows: steps },
    );
    hero.h.forEach((value, i) => expect(Math.abs(value - h[i]!), `state ${i}`).toBeLessThan(2e-3));
    const [votes, start] = verdict.getWeights().map((weight) => weight.dataSync<'float32'>());
    hero.running.forEach((share, step) => {
      const logit = votes!.reduce(
        (sum, vote, unit) => sum + vote * h[step * units + unit]!,
        start![0]!,
      );
      expect(Math.abs(share - 1 / (1 + Math.exp(-logit))), `step ${step}`).toBeLessThan(2e-3);
    });
  });

  it('names the words at which its columns differ most', () => {
    const { units, h, timesteps } = hero;
    const moved = timesteps.map((_, t) =>
      Math.hypot(
        ...Array.from(
          { length: units },
          (__, u) => h[t * units + u]! - (h[(t - 1) * units + u] ?? 0),
        ),
      ),
    );
    const far = [...moved.keys()].sort((a, b) => moved[b]! - moved[a]!).slice(0, 3);
    expect(lesson.movers).toEqual(far.map((t) => timesteps[t]!.text));
  });
});

describe('the silenced units', () => {
  let accuracyWithout: (count: number) => Promise<number>;

  beforeAll(async () => {
    const { model, recurrent, verdict, ...trained } = await copy();
    const dataset = await openStarter();
    const table = reviewsOf(dataset, 'validation', 'starter');
    const { words } = dataset.vocabulary;
    const batches = sampleBatches(table, words, readerOf(trained), trained.preprocessing);
    const before = [recurrent, verdict].map((layer) => layer.getWeights().map((w) => w.clone()));
    accuracyWithout = async (count) => {
      // Another way to silence a unit: nobody listens to it.
      const heard = Float32Array.from({ length: hero.units }, (_, unit) =>
        silenced.loudest.slice(0, count).includes(unit) ? 0 : 1,
      );
      const rows = tf.tensor2d(heard, [hero.units, 1]);
      const [[kernel, inner, ...rest], [votes, bias]] = before as [tf.Tensor[], tf.Tensor[]];
      recurrent.setWeights([kernel!, inner!.mul(rows), ...rest]);
      verdict.setWeights([votes!.mul(rows), bias!]);
      return (await evaluate(model, batches))!.accuracy;
    };
  });

  it.each(silenced.steps)('cost what the figure says: $count of them', async (step) => {
    expect(await accuracyWithout(step.count)).toBeCloseTo(step.accuracy, 6);
  });

  it('bear out what the text says', () => {
    const { steps, reviews } = silenced;
    expect(reviews).toBe(400);
    expect(costOf(silenced, 1), 'the loudest one is hardly missed').toBeLessThan(0.03);
    expect(costOf(silenced, steps.at(-1)!.count), 'half of them are').toBeGreaterThan(0.05);
    expect(steps.at(-1)!.accuracy, 'and yet it does not guess').toBeGreaterThan(0.6);
    expect(network.explained[0], 'one direction holds most of the way').toBeGreaterThan(0.6);
    expect(lesson.wellRead!.explained[0], 'of the other network, less').toBeLessThan(0.45);
  });
});

describe('the wording', () => {
  it('lists words and finds the nearest answer', () => {
    expect(list(['a', 'b', 'c'])).toBe('“a”, “b” and “c”');
    expect(list(['a'])).toBe('“a”');
    const right = (cost: number) => guessCost(cost).find((answer) => answer.right)!.text;
    expect(right(0)).toBe('Next to nothing');
    expect(right(0.06)).toBe('About 5 percentage points');
  });
});
