import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { neighbours } from '../../../src/core/inspect/neighbours.ts';
import { statePath } from '../../../src/core/inspect/state-path.ts';
import { unitOrder } from '../../../src/core/inspect/unit-order.ts';
import { WeightHistory } from '../../../src/core/inspect/weight-history.ts';
import { projectToPlane } from '../../../src/plots/scatter/project-to-plane.ts';
import { createRandom } from '../../../src/core/random.ts';
import { bagOfWords, NETWORKS } from '../models/archive/trained.ts';

const random = createRandom(5);
const noise = (): number => random.next() - 0.5;

describe('statePath', () => {
  const [steps, units] = [40, 7];
  const states = Float32Array.from(
    { length: steps * units },
    (_, i) => Math.sin(i / (3 + (i % units))) * (1 + (i % units)) + noise(),
  );
  const rows = Array.from({ length: steps }, (_, t) => states.subarray(t * units, (t + 1) * units));
  const { points, explained } = statePath(states, units);

  it('gives the coordinates that power iteration on the covariance gives', () => {
    const places = projectToPlane(rows);
    for (const component of [0, 1] as const) {
      const found = places.map((_, t) => points[2 * t + component]!);
      const expected = places.map((place) => place[component]);
      // Which way a component points is a convention.
      const sign = Math.sign(found[0]! * expected[0]!);
      found.forEach((value, t) => expect(value).toBeCloseTo(sign * expected[t]!, 3));
    }
  });

  it('says how much of the variance it shows', () => {
    const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / steps;
    const variance = (values: number[]): number => {
      const centre = mean(values);
      return mean(values.map((x) => (x - centre) ** 2));
    };
    const total = Array.from({ length: units }, (_, u) =>
      variance(rows.map((row) => row[u]!)),
    ).reduce((sum, x) => sum + x, 0);
    for (const component of [0, 1] as const) {
      const along = rows.map((_, t) => points[2 * t + component]!);
      expect(explained[component]).toBeCloseTo(variance(along) / total, 4);
    }
  });

  it('takes one unit, and states that never move', () => {
    expect(statePath(Float32Array.of(1, 3, 2), 1).explained[0]).toBeCloseTo(1, 6);
    expect(statePath(new Float32Array(6), 2)).toEqual({
      points: new Float32Array(6),
      explained: [0, 0],
    });
  });
});

describe('unitOrder', () => {
  it('puts units that move alike beside each other, and into one group', () => {
    const kinds = [0, 1, 0, 2, 1, 0, 2, 1];
    const waves = [
      (t: number) => Math.sin(t),
      (t: number) => Math.cos(t),
      (t: number) => (t % 7) - 3,
    ];
    const states = Float32Array.from({ length: 60 * kinds.length }, (_, i) => {
      const t = Math.floor(i / kinds.length);
      return 2 * waves[kinds[i % kinds.length]!]!(t / 2) + 0.05 * noise();
    });
    const { order, cluster } = unitOrder(states, kinds.length);
    expect(order.toSorted((a, b) => a - b)).toEqual([...kinds.keys()]);
    const inOrder = order.map((unit) => kinds[unit]);
    const changes = inOrder.filter((kind, i) => i > 0 && kind !== inOrder[i - 1]).length;
    expect(changes).toBe(2);
    const groups = order.map((unit) => cluster[unit]!);
    expect(groups).toEqual(groups.toSorted((a, b) => a - b));
  });

  it('takes units that never move', () => {
    expect(unitOrder(new Float32Array(40), 4).order.toSorted()).toEqual([0, 1, 2, 3]);
    expect(unitOrder(new Float32Array(4), 2)).toEqual({ order: [0, 1], cluster: [0, 0] });
  });
});

describe('neighbours', () => {
  it('are the words with the largest cosine, not the word itself', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    const found = await neighbours(trained, 'good', 4);
    const table = trained.model.layers[0]!.getWeights()[0] as tf.Tensor2D;
    const unit = table.div(table.norm('euclidean', 1, true));
    const id = trained.words.indexOf('good') + 4;
    const cosines = Array.from(unit.matMul(unit.slice(id, 1), false, true).dataSync()).slice(4);
    const best = cosines
      .map((similarity, i) => ({ word: trained.words[i]!, similarity }))
      .filter(({ word }) => word !== 'good')
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, 4);
    expect(found.map(({ word }) => word)).toEqual(best.map(({ word }) => word));
    found.forEach(({ similarity }, i) => expect(similarity).toBeCloseTo(best[i]!.similarity, 5));
  });

  it('says what it can’t answer', async () => {
    const trained = NETWORKS['SimpleRNN, fixed width']!();
    await expect(neighbours(trained, 'zombie', 3)).rejects.toThrow('does not know "zombie"');
    await expect(neighbours(bagOfWords(), 'good', 3)).rejects.toThrow('one number a word');
  });
});

describe('WeightHistory', () => {
  it('covers a run of any length evenly, from its first weights on', async () => {
    const { model } = NETWORKS['SimpleRNN, fixed width']!();
    const history = new WeightHistory();
    const bias = model.weights.at(-1)!;
    for (let step = 0; step <= 1000; step++) {
      bias.write(tf.tensor1d([step]));
      await history.take(model, step);
    }
    const steps = history.moments.map(({ step }) => step);
    expect(steps[0]).toBe(0);
    expect(steps.length).toBeLessThanOrEqual(64);
    expect(steps.length).toBeGreaterThan(32);
    expect(new Set(steps.slice(1).map((step, i) => step - steps[i]!)).size).toBe(1);
    for (const { step, weights } of history.moments) expect(weights.at(-1)!.values[0]).toBe(step);
  });

  it('forgets what came later when a run goes back', async () => {
    const { model } = NETWORKS['SimpleRNN, fixed width']!();
    const history = new WeightHistory();
    for (const step of [0, 1, 2, 3, 2]) await history.take(model, step);
    expect(history.moments.map(({ step }) => step)).toEqual([0, 1, 2]);
  });
});
