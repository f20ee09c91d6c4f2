/** A worker as the page's: reads archives, predicts, and keeps models in the browser. */
import { Predictor } from '../../../src/core/inspect/predictor.ts';
import type { Prediction } from '../../../src/core/inspect/predictor.ts';
import { chooseBackend } from '../../../src/core/kernels/choose-backend.ts';
import { loadModel } from '../../../src/core/models/archive/model-archive.ts';
import { ModelStore } from '../../../src/core/models/archive/model-store.ts';
import { readZip } from '../../../src/core/models/archive/zip.ts';

async function predict(
  zip: Uint8Array,
  texts: string[],
): Promise<{ backend: string; reason: string; predictions: Prediction[] }> {
  const { backend, reason } = await chooseBackend();
  const predictor = new Predictor(await loadModel(readZip(zip)));
  return { backend, reason, predictions: await predictor.predict(texts) };
}

/** Saves models, one of each size given, until one does not fit; says what is kept after that. */
async function fill(sizes: number[]): Promise<{ failure: unknown; kept: [string, number][] }> {
  const store = await ModelStore.open();
  let failure: unknown;
  for (const [i, size] of sizes.entries()) {
    try {
      await store.save(`model ${i}`, filesOf(size, i));
    } catch (error) {
      const { name, message, reason } = error as Error & { reason?: string };
      failure = { name, message, reason };
      break;
    }
  }
  const kept: [string, number][] = [];
  for (const { name } of (await store.list()).toReversed()) {
    const files = await store.load(name);
    kept.push([name, files['weights.bin'].length]);
  }
  store.close();
  return { failure, kept };
}

async function replaceAndDelete(): Promise<unknown> {
  const store = await ModelStore.open();
  await store.save('mine', filesOf(10, 1));
  await store.save('mine', filesOf(20, 2));
  const replaced = (await store.load('mine'))['weights.bin'];
  const labels = await store.list();
  await store.delete('mine');
  await store.delete('never there');
  const missing = await store.load('mine').catch((error: { reason: string }) => error.reason);
  const after = await store.list();
  store.close();
  return { replaced, names: labels.map(({ name }) => name), missing, after };
}

function filesOf(size: number, byte: number) {
  const text = new TextEncoder().encode('{}');
  return {
    'model.json': text,
    'weights.bin': new Uint8Array(size).fill(byte),
    'preprocessing.json': text,
    'vocabulary.json': text,
  };
}

const CALLS = { predict, fill, replaceAndDelete };

export type WorkerCalls = typeof CALLS;

self.onmessage = async ({ data }: MessageEvent<{ name: keyof WorkerCalls; args: unknown[] }>) => {
  try {
    const call = CALLS[data.name] as (...args: unknown[]) => Promise<unknown>;
    self.postMessage({ value: await call(...data.args) });
  } catch (error) {
    self.postMessage({ error: String((error as Error).stack ?? error) });
  }
};
