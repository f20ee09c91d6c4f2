import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BUILT_DATA, fetchFromDisk } from '../../../scripts/built-data.ts';
import { checkModel } from '../../../src/core/models/settings/index.ts';
import { MemoryStore } from '../../../src/core/training/checkpoints/memory-store.ts';
import type { CallName, Calls, ModelRef, TrainRequest } from '../../../src/protocol/compute.ts';
import { Session } from '../../../src/workers/session.ts';
import { Steering } from '../../../src/workers/session/steering.ts';
import { transferables } from '../../../src/workers/transferables.ts';

const request: TrainRequest = {
  settings: checkModel({
    text: { maxlen: 30, numWords: 500 },
    network: { embeddingDim: 4, layers: [{ cell: 'LSTM', units: 4 }] },
    training: { batchSize: 100, epochs: 1 },
  }),
  trainOn: 'starter',
  backend: 'cpu',
  run: 'a run',
};

const TEXT = 'What a good film: it is the best that I have seen in years.';
const asked: ModelRef = { kind: 'asked' };
const bag: ModelRef = { kind: 'shipped', name: 'bag-of-words' };

describe('questions to models', () => {
  let session: Session;

  function call<K extends CallName>(
    name: K,
    what: Calls[K]['request'],
    steering = new Steering(),
  ): Promise<Calls[K]['result']> {
    return session.answers[name](what, () => {}, steering);
  }

  beforeEach(() => {
    vi.stubGlobal('fetch', fetchFromDisk);
    session = new Session(BUILT_DATA.replace(/data\/$/, ''), { store: new MemoryStore() });
  });

  afterEach(() => vi.unstubAllGlobals());

  it('looks into a run at every moment that it kept, and at its end', async () => {
    await call('train', request);
    const steps = await call('moments', {});
    expect(steps).toEqual(Array.from({ length: 17 }, (_, step) => step));
    const logits = [];
    for (const model of [0, 8, 16].map((step): ModelRef => ({ kind: 'moment', step }))) {
      const { logit, layers } = await call('inspectReview', { model, text: TEXT });
      expect(layers.map(({ cell, units }) => [cell, units])).toEqual([['LSTM', 4]]);
      logits.push(logit);
    }
    expect(new Set(logits).size).toBe(3);
    const { logit } = await call('inspectReview', { model: asked, text: TEXT });
    expect(logit).toBeCloseTo(logits[2]!, 5);
    const verdict = await call('judge', { text: TEXT });
    if (verdict.kind !== 'verdict') throw new Error('no verdict');
    expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(verdict.probability, 5);
    const gone: ModelRef = { kind: 'moment', step: 99 };
    await expect(call('inspectReview', { model: gone, text: TEXT })).rejects.toThrow('not kept');
  });

  it('gives each timestep its running logit and its occlusion, padding none', async () => {
    await call('train', request);
    const { timesteps, logit } = await call('inspectReview', { model: asked, text: TEXT });
    const running = await call('runningLogits', { model: asked, text: TEXT });
    const deltas = await call('occlusion', { model: asked, text: TEXT });
    expect(timesteps.length).toBe(30);
    timesteps.forEach(({ kind }, t) => {
      expect(Number.isNaN(running[t])).toBe(kind === 'pad');
      expect(Number.isNaN(deltas[t])).toBe(kind === 'pad');
    });
    expect(running.at(-1)).toBeCloseTo(logit, 5);
  });

  it('tells of a unit: reviews where it stirs, and what is lost without it', async () => {
    await call('train', request);
    const { recurrent, bag: isBag } = await call('describeModel', { model: asked });
    const [{ name: layer } = { name: '' }] = recurrent;
    expect(isBag).toBe(false);
    const { highest, lowest, reviews } = await call('unitReviews', {
      model: asked,
      layer,
      unit: 2,
      count: 5,
    });
    expect(reviews).toBe(400);
    expect(highest.map(({ value }) => value)).toEqual(
      highest.map(({ value }) => value).toSorted((a, b) => b - a),
    );
    expect(lowest[0]!.value).toBeLessThan(highest[0]!.value);
    const { text } = await call('review', { row: highest[0]!.row });
    expect(text.toLowerCase().includes(highest[0]!.word), `row ${highest[0]!.row}`).toBe(true);
    const { whole, without } = await call('knockOut', { model: asked, layer, units: [2] });
    expect(whole.reviews).toBe(400);
    expect(without.loss).not.toBe(whole.loss);
    await expect(call('knockOut', { model: asked, layer: 'none', units: [0] })).rejects.toThrow(
      `it has ${layer}.`,
    );
  });

  it('asks a model of the site, and says so when there is none of a name', async () => {
    const { recurrent, bag: isBag } = await call('describeModel', { model: bag });
    expect(isBag).toBe(true);
    expect(recurrent).toMatchObject([{ units: 1, adds: true }]);
    const { logit, timesInput } = await call('inspectReview', { model: bag, text: TEXT });
    const deltas = await call('occlusion', { model: bag, text: TEXT });
    // Whatever is added up is worth what it adds.
    deltas.forEach((delta, t) => {
      if (delta !== 0) expect(delta).toBeCloseTo(timesInput[t]!, 3);
    });
    expect(logit).toBeGreaterThan(0);
    for (const [name, message] of [
      ['no-such', /could not be loaded \(.*404\.$/],
      ['../data', /^This site has no model "..\/data"/],
      ['A', /^This site has no model "A"/],
    ] as const) {
      const model: ModelRef = { kind: 'shipped', name };
      await expect(call('describeModel', { model })).rejects.toThrow(message);
    }
  });

  it('gives up what is stopped, and answers the next question', async () => {
    await call('train', request);
    const stopped = new Steering();
    const first = call('occlusion', { model: asked, text: TEXT.repeat(3) }, stopped);
    const next = call('inspectReview', { model: asked, text: TEXT });
    stopped.act('stop');
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    expect((await next).timesteps.length).toBe(30);
  });

  it('finds reviews by their words, those with the phrase first', async () => {
    const { found, searched, total } = await call('searchReviews', {
      query: 'Waste of time!',
      most: 8,
    });
    expect(searched).toBe(3000);
    expect(total).toBe(50_000);
    expect(found.length).toBe(8);
    const { text } = await call('review', { row: found[0]!.row });
    expect(/waste of time/i.test(text.replaceAll(/<br \/>|[^\w ]/g, ' '))).toBe(true);
    expect(found[0]!.word).toBe('waste');
    expect(await call('searchReviews', { query: 'a xqzzt', most: 8 })).toMatchObject({
      found: [],
      unknown: ['xqzzt'],
    });
  });

  it('moves the memory of states to the page, and each piece once', async () => {
    await call('train', request);
    const review = await call('inspectReview', { model: asked, text: TEXT });
    const moved = transferables('inspectReview', review);
    expect(moved).toContain(review.layers[0]!.h.buffer);
    expect(new Set(moved).size).toBe(moved.length);
    expect(structuredClone(review, { transfer: moved }).layers[0]!.h.length).toBe(120);
    expect(transferables('sample', review)).toEqual([]);
  });
});
