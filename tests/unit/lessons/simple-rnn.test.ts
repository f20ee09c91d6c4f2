import { beforeAll, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { largestUnits } from '../../../src/components/rnn/largest-units.ts';
import { formulaOf, rowsOf, signed } from '../../../src/components/rnn/step-markup.ts';
import { stepOf } from '../../../src/components/rnn/step-math.ts';
import { requestFor } from '../../../src/components/training/race-figure.ts';
import type { Choice } from '../../../src/components/training/race-figure.ts';
import { reading } from '../../../src/figures/simple-rnn.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import { tanhAgainstRelu } from '../../../src/lessons/simple-rnn/race.ts';
import type { Calls } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';

describe('the step by hand', () => {
  const { steps } = reading;

  it('gives the numbers that the kernels gave, at every word and for every unit shown', () => {
    expect(steps.words.length).toBeGreaterThan(10);
    expect(steps.shown.length).toBe(5);
    for (const unit of steps.shown) {
      for (const t of steps.words.keys()) {
        const state = steps.states[t * steps.units + unit.unit - 1]!;
        const worked = stepOf(steps, t, unit);
        expect(worked.state, `unit ${unit.unit} at word ${t}`).toBeCloseTo(state, 2);
        expect(worked.fromMemory.every(({ input }) => input === 0)).toBe(t === 0);
      }
    }
  });

  it('is written as arithmetic that adds up', () => {
    const step = stepOf(steps, 3, steps.shown[0]!);
    expect(step.sum).toBeCloseTo(step.wordSum + step.memorySum + step.bias, 12);
    expect(formulaOf(step)).toMatch(/^tanh\( −?\d\.\d\d [+−] \d\.\d\d [+−] \d\.\d\d \) = tanh\(/);
    expect(rowsOf(step).length).toBe(64);
    expect([signed(-0.301), signed(-0.001), signed(2)]).toEqual(['−0.30', '0.00', '2.00']);
  });
});

it('the reading is the network’s own, and counts its weights', () => {
  const { units, vectorSize, parameters } = reading;
  expect(parameters.recurrent).toBe(vectorSize * units + units * units + units);
  expect(parameters.embedding).toBe(10_000 * vectorSize);
  expect(parameters.all).toBe(parameters.recurrent + parameters.embedding + units + 1);
});

it('the largest unit of each timestep', () => {
  expect(largestUnits([0.1, -0.5, 0.2, 0], [1, 2, 2])).toEqual([0.5, 0.2]);
});

describe('tanh against ReLU', () => {
  const watched = reading.readings[0]!.words.map(({ text }) => text).join(' ');

  beforeAll(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    return () => vi.unstubAllGlobals();
  });

  async function race(choices: readonly Choice[] = []) {
    const session = new Session(BUILT_DATA.replace(/data\/$/, ''), { store: new MemoryStore() });
    const events: Calls['race']['event'][] = [];
    const request = requestFor(tanhAgainstRelu(watched), choices);
    await session.answers.race(request, (event) => events.push(event), new Steering());
    return events;
  }

  it('both learn the training reviews far better than they judge others', async () => {
    const events = await race();
    for (const name of ['tanh', 'ReLU']) {
      const last = events.findLast((event) => event.type === 'step' && event.model === name);
      const held = events.findLast((event) => event.type === 'validation' && event.model === name);
      if (last?.type !== 'step' || held?.type !== 'validation') throw new Error('no last step');
      expect(last.recent.accuracy, name).toBeGreaterThan(0.85);
      expect(held.accuracy, name).toBeLessThan(last.recent.accuracy - 0.1);
    }
  });

  it('ReLU explodes at the second step with a learning rate of 0.1, tanh never', async () => {
    const events = await race([{ path: 'training.learningRate', value: 0.1 }]);
    const failed = events.filter((event) => event.type === 'failed');
    expect(failed.map(({ model, step }) => [model, step])).toEqual([['ReLU', 2]]);
    expect(events.at(-1)).toEqual({ type: 'done', model: 'tanh', step: 200 });
  });

  it('the state of tanh ends at 1, that of ReLU does not', async () => {
    const events = await race();
    const largest = (name: string): number =>
      Math.max(
        ...events.flatMap((event) =>
          event.type === 'step' && event.model === name
            ? (event.telemetry?.activations ?? []).flatMap(({ h, shape }) => largestUnits(h, shape))
            : [],
        ),
      );
    expect(largest('tanh')).toBeLessThanOrEqual(1);
    expect(largest('ReLU')).toBeGreaterThan(1);
  });
});
