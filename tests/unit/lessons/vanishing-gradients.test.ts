import { beforeAll, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import {
  describeGrowth,
  describeRadius,
  growth,
  reach,
} from '../../../src/components/gradients/gradient-text.ts';
import { powersOf } from '../../../src/components/gradients/radius-data.ts';
import { requestFor } from '../../../src/components/training/race-figure.ts';
import { trained, untrained } from '../../../src/figures/gradients.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import { THREE_CELLS } from '../../../src/lessons/vanishing-and-exploding-gradients/race.ts';
import type { Calls } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';

let session: Session;

beforeAll(() => {
  vi.stubGlobal('fetch', fetchFromDisk);
  session = new Session(BUILT_DATA.replace(/data\/$/, ''), { store: new MemoryStore() });
  return () => vi.unstubAllGlobals();
});

/** The gradient’s way back at a radius, with an activation. */
async function normsAt(radius: number, activation: 'tanh' | 'relu' | 'linear') {
  const { settings, text } = untrained;
  const layers = settings.network.layers.map((layer) => ({ ...layer, activation }));
  const asked = { ...settings, network: { ...settings.network, layers } };
  const request = { settings: asked, text, radius };
  return (await session.answers.throughTime(request, () => {}, new Steering())).norms;
}

describe('the slider', () => {
  it('begins with what the worker computes', async () => {
    const norms = await normsAt(untrained.radius, 'tanh');
    expect(norms.length).toBe(untrained.norms.length);
    norms.forEach((norm, t) => expect(norm / untrained.norms[t]!).toBeCloseTo(1, 1));
  });

  it('without activation gives a pure power of the radius', async () => {
    for (const radius of [0.7, 1, 1.3]) {
      const norms = await normsAt(radius, 'linear');
      const powers = powersOf(radius, norms);
      norms.forEach((norm, t) => expect(norm / powers[t]!, `word ${t}`).toBeCloseTo(1, 1));
    }
  });

  it('vanishes below 1 and grows above, and tanh only takes away', async () => {
    expect(growth(await normsAt(0.8, 'tanh'))).toBeLessThan(1e-6);
    expect(growth(await normsAt(2, 'tanh'))).toBeGreaterThan(100);
    const [tanh, none] = [await normsAt(1, 'tanh'), await normsAt(1, 'linear')];
    expect(growth(none)).toBeCloseTo(1, 1);
    expect(growth(tanh)).toBeLessThan(growth(none));
  });

  it('with ReLU keeps its size near 1.4, not 1', async () => {
    expect(growth(await normsAt(1, 'relu'))).toBeLessThan(1e-6);
    const near = await Promise.all([1.3, 1.4].map((radius) => normsAt(radius, 'relu')));
    expect(growth(near[0]!)).toBeLessThan(1);
    expect(growth(near[1]!)).toBeGreaterThan(1);
  });
});

describe('the microscope', () => {
  it('shows what the lesson says, at the steps it names', async () => {
    const events: Calls['race']['event'][] = [];
    const emit = (event: Calls['race']['event']): void => void events.push(event);
    await session.answers.race(requestFor(THREE_CELLS), emit, new Steering());
    const at = (model: string, step: number) => {
      const event = events.find(
        (one) => one.type === 'step' && one.model === model && one.step === step,
      );
      if (event?.type !== 'step') throw new Error(`${model} took no step ${step}`);
      return event;
    };
    const normsOf = (model: string, step: number) =>
      at(model, step).telemetry!.stateGradients![0]!.norms;

    expect(growth(normsOf('SimpleRNN', 1)), 'filled from end to end').toBeGreaterThan(0.05);
    expect(growth(normsOf('LSTM', 1)), 'next to nothing').toBeLessThan(1e-5);
    expect(growth(normsOf('GRU', 1)), 'less than that').toBeLessThan(1e-12);
    expect(reach(normsOf('GRU', 1)), 'soonest').toBeLessThan(reach(normsOf('LSTM', 1)));
    expect(reach(normsOf('LSTM', 1)), 'a dozen words or so').toBeLessThan(18);
    expect(growth(normsOf('SimpleRNN', 50)), 'dead').toBeLessThan(1e-12);
    for (const gated of ['LSTM', 'GRU']) {
      expect(growth(normsOf(gated, 50)), gated).toBeGreaterThan(1e-7);
    }

    const held = (model: string) => {
      const seen = events.findLast((one) => one.type === 'validation' && one.model === model);
      return seen?.type === 'validation' ? seen.accuracy : Number.NaN;
    };
    expect(held('LSTM')).toBeGreaterThan(0.63);
    expect(held('GRU')).toBeGreaterThan(0.63);
    expect(held('SimpleRNN')).toBeLessThan(0.6);
    expect(at('SimpleRNN', 120).recent.accuracy).toBeGreaterThan(0.75);
  });
});

it('trained networks: no strip is empty', () => {
  if (trained.kind !== 'gradient') throw new Error('not a strip');
  expect(trained.data.series.length).toBeGreaterThan(0);
  for (const { name, values } of trained.data.series) {
    expect(Math.min(...Array.from(values)) / Math.max(...Array.from(values)), name).toBeGreaterThan(
      1e-3,
    );
  }
  const [even, jumping] = trained.data.series.map(({ values }) => meanJump(Array.from(values)));
  expect(jumping, 'the LSTM’s jumps').toBeGreaterThan(3 * even!);
});

/** How much a gradient changes from one word to the next, in powers of ten. */
function meanJump(norms: readonly number[]): number {
  const jumps = norms.slice(1).map((norm, i) => Math.abs(Math.log10(norm / norms[i]!)));
  return jumps.reduce((sum, jump) => sum + jump, 0) / jumps.length;
}

it('the wording', () => {
  expect(reach([1, 5, 100])).toBe(3);
  expect(reach([0.1, 5, 100])).toBe(2);
  expect(describeGrowth([4, 2, 1])).toBe('On its way over 2 words the gradient grows 4.0 times.');
  expect(describeGrowth([1, 2000])).toBe(
    'On its way over 1 words the gradient shrinks to 1/2,000.',
  );
  expect(describeRadius(0.5, [1, 1])).toMatch(/^0\.50\. On its way/);
  expect(describeGrowth([0, 1])).toContain('too small for a number');
  expect(describeGrowth([1, 1])).toContain('keeps about its size');
});
