import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { openBuiltData } from '../../scripts/built-data.ts';
import { SIMD_BUILDS } from '../../scripts/simd.ts';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import { judge } from '../../src/core/inspect/verdict.ts';
import { checkModel } from '../../src/core/models/settings/index.ts';
import type { ModelSettings } from '../../src/core/models/settings/index.ts';
import { Pipeline } from '../../src/core/pipeline.ts';
import type { RunEvent } from '../../src/core/training/events.ts';
import { RunControl } from '../../src/core/training/run-control.ts';

/** The real starter shard, and a network that trains on it in a few seconds. */
const settings = checkModel({
  text: { maxlen: 16 },
  network: { embeddingDim: 8, layers: [{ cell: 'SimpleRNN', units: 8 }] },
  training: { batchSize: 64, epochs: 2 },
});

const withTraining = (changes: Partial<ModelSettings['training']>): ModelSettings => ({
  ...settings,
  training: { ...settings.training, ...changes },
});

async function train(pipeline: Pipeline): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of pipeline.run().start()) events.push(event);
  return events;
}

describe.each(['simd', 'cpu'] as const)('Pipeline on %s', (backend) => {
  let dataset: Dataset;

  beforeAll(async () => {
    await startBackend(backend, (build) => readFile(SIMD_BUILDS[build]));
    dataset = await openBuiltData();
    await dataset.loadStarter();
  });

  it('reports every batch and epoch, counts steps, and lowers the training loss', async () => {
    const pipeline = new Pipeline(dataset, settings, 'starter');
    expect(pipeline.counts).toEqual({ train: 1600, validation: 400 });
    const events = await train(pipeline);
    const batches = events.filter((event) => event.type === 'batch');
    const epochs = events.filter((event) => event.type === 'epoch');
    expect(batches.map(({ step }) => step)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
    expect(batches.every(({ steps }) => steps === 50)).toBe(true);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [0, 25],
      [1, 50],
    ]);
    expect(epochs[1]!.training.loss).toBeLessThan(epochs[0]!.training.loss);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'epochs', step: 50 });
    pipeline.dispose();
  });

  it('repeats a run exactly from its seed, and gives another for another seed', async () => {
    const losses: number[][] = [];
    for (const seed of [3, 3, 4]) {
      const pipeline = new Pipeline(dataset, withTraining({ epochs: 1, seed }), 'starter');
      const events = await train(pipeline);
      losses.push(events.flatMap((event) => (event.type === 'batch' ? event.batch.loss : [])));
      pipeline.dispose();
    }
    expect(losses[1]).toEqual(losses[0]);
    expect(losses[2]).not.toEqual(losses[0]);
  });

  it('keeps no tensor of a run once the model is gone', async () => {
    const before = tf.memory().numTensors;
    const pipeline = new Pipeline(dataset, withTraining({ epochs: 1 }), 'starter');
    const held: number[] = [];
    for await (const event of pipeline.run().start()) {
      if (event.type === 'batch' && event.step > 1) held.push(tf.memory().numTensors);
    }
    expect(new Set(held).size, 'different tensor counts during the run').toBe(1);
    pipeline.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('ends after the batch under way when it is stopped', async () => {
    const pipeline = new Pipeline(dataset, settings, 'starter');
    const control = new RunControl();
    const steps: number[] = [];
    for await (const event of pipeline.run({ control }).start()) {
      if (event.type === 'batch') steps.push(event.step);
      if (event.step === 3) control.stop();
    }
    expect(steps).toEqual([1, 2, 3]);
    pipeline.dispose();
  });

  it('stops with the step’s number when the loss is no number', async () => {
    const pipeline = new Pipeline(dataset, settings, 'starter');
    pipeline.model.setWeights(
      pipeline.model.getWeights().map((weight) => tf.fill(weight.shape, Number.NaN)),
    );
    await expect(train(pipeline)).rejects.toThrow('The loss became NaN at step 1.');
    await expect(judge(pipeline.predictor, 'a good film')).rejects.toThrow('no longer numbers');
    pipeline.dispose();
  });

  describe('prepare', () => {
    const { network } = settings;
    const fixed: ModelSettings = {
      ...settings,
      text: { ...settings.text, numWords: 200 },
      network: { ...network, embedding: 'wordVectors', trainEmbedding: false },
    };

    it('learns word vectors, which a frozen embedding keeps through a run', async () => {
      const pipeline = new Pipeline(dataset, fixed, 'starter');
      const embedding = () =>
        pipeline.model.getLayer('embedding').getWeights()[0]!.dataSync<'float32'>();
      const shares: number[] = [];
      await pipeline.prepare({ onProgress: (share) => shares.push(share) });
      expect(shares.length).toBeGreaterThan(100);
      const learnt = embedding().slice();
      const words = learnt.subarray(4 * network.embeddingDim);
      const square = words.reduce((sum, value) => sum + value * value, 0) / words.length;
      expect(Math.sqrt(square)).toBeCloseTo(0.3, 4);
      await train(pipeline);
      expect(embedding()).toEqual(learnt);
      pipeline.dispose();
    });

    it('can be stopped, and leaves the weights as they were', async () => {
      const pipeline = new Pipeline(dataset, fixed, 'starter');
      const before = pipeline.model.getWeights()[0]!.dataSync().slice();
      const stop = new AbortController();
      const stopped = pipeline.prepare({ signal: stop.signal, onProgress: () => stop.abort() });
      await expect(stopped).rejects.toThrow('aborted');
      expect(pipeline.model.getWeights()[0]!.dataSync()).toEqual(before);
      pipeline.dispose();
    });
  });

  describe('judge', () => {
    it('gives the probability that the model gives the padded ids', async () => {
      const pipeline = new Pipeline(dataset, settings, 'starter');
      const verdict = await judge(pipeline.predictor, 'A great film!');
      // a, great, film: ranks 3, 83 or so, 19, behind the start id and twelve pads.
      const ids = dataset.vocabulary.encode(['a', 'great', 'film'], {
        numWords: settings.text.numWords,
      });
      const padded = [...Array.from({ length: 16 - ids.length }, () => 0), ...ids];
      const logit = pipeline.model.predict(tf.tensor2d([padded], [1, 16], 'int32')) as tf.Tensor;
      const [expected] = await tf.sigmoid(logit).data();
      expect(verdict).toEqual({
        kind: 'verdict',
        probability: expect.closeTo(expected!, 6),
        words: 3,
        unknownWords: [],
        cut: 0,
      });
      pipeline.dispose();
    });

    it('says why it has no verdict, and what it did not read', async () => {
      const pipeline = new Pipeline(dataset, settings, 'starter');
      expect(await judge(pipeline.predictor, ' \n<>!')).toEqual({ kind: 'empty' });
      expect(await judge(pipeline.predictor, 'xqzzt vrumpf')).toEqual({
        kind: 'unknown',
        words: 2,
      });
      expect(await judge(pipeline.predictor, 'film '.repeat(20) + 'xqzzt xqzzt')).toMatchObject({
        kind: 'verdict',
        words: 22,
        unknownWords: ['xqzzt'],
        cut: 6,
      });
      // Every known word lies before the sixteen that the model reads.
      expect((await judge(pipeline.predictor, 'film ' + 'xqzzt '.repeat(16))).kind).toBe('unknown');
      pipeline.dispose();
    });
  });
});
