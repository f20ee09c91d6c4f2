/** The thread that holds the server's models: texts in, predictions out. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Predictor } from '../core/inspect/predictor.ts';
import { chooseBackend } from '../core/kernels/choose-backend.ts';
import { loadModel } from '../core/models/archive/model-archive.ts';
import type { FromThread, ThreadData, ToThread } from './inference.ts';
import { listModels, readModelFolder } from './model-folder.ts';

const { folder } = workerData as ThreadData;
const post = (message: FromThread): void => parentPort!.postMessage(message);

const { backend } = await chooseBackend('auto', (build) =>
  readFile(new URL(`../core/kernels/simd/build/simd-${build}.wasm`, import.meta.url)),
);

const predictors = new Map<string, Predictor>();
const faults: string[] = [];
for (const name of await listModels(folder)) {
  try {
    const predictor = new Predictor(await loadModel(await readModelFolder(join(folder, name))));
    // The first call is the slowest; and a model that can't answer is none.
    await predictor.predict(['A first review.']);
    predictors.set(name, predictor);
  } catch (error) {
    faults.push(`The model ${name} can’t be used: ${messageOf(error)}`);
  }
}

parentPort!.on('message', ({ id, model, texts }: ToThread) => void answer(id, model, texts));
post({ type: 'ready', backend, models: [...predictors.keys()], faults });

async function answer(id: number, model: string, texts: readonly string[]): Promise<void> {
  try {
    post({ type: 'result', id, predictions: await predictors.get(model)!.predict(texts) });
  } catch (error) {
    post({ type: 'error', id, message: messageOf(error) });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
