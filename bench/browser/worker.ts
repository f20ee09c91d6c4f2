/** Times steps, epochs and matrix products in a dedicated worker, as the site computes. */
import * as tf from '@tensorflow/tfjs';
import { prepareStep, StepTimer } from '../../src/core/benchmark/timed-step.ts';
import type { TrainStep } from '../../src/core/benchmark/train-step.ts';
import { reportBackends } from '../../src/core/kernels/detect.ts';
import { bestBuild } from '../../src/core/kernels/simd/best-build.ts';
import { loadSimd } from '../../src/core/kernels/simd/module.ts';
import { threadCount } from '../../src/core/kernels/simd/threads/recruit.ts';
import { startThread } from '../../src/workers/kernel-threads.ts';
import { timeProducts } from '../products.ts';
import type { Answers, Question, Questions } from './protocol.ts';
import { epochBatch } from './epoch-batch.ts';

type Answering = {
  [Kind in keyof Questions]: (question: Questions[Kind]) => Promise<Answers[Kind]>;
};

const timer = new StepTimer(startThread);
const epochs = new Map<string, TrainStep>();

const ANSWERS: Answering = {
  step: async ({ plan, batch: { ids, labels }, cold }) => {
    if (plan.backend === 'wasm') {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      setWasmPaths('/wasm/');
      // Its threads do not survive a bundler.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    }
    const batch = { ids: Int32Array.from(ids), labels: Float32Array.from(labels) };
    return (await timer.time(plan, batch, cold)).at(-1)!;
  },
  epoch: async ({ plan, from, to }) => {
    const key = JSON.stringify(plan);
    const step = epochs.get(key) ?? (await prepareStep(plan, startThread));
    epochs.set(key, step);
    const batchOf = await epochBatch(plan.shape);
    await tf.setBackend(plan.backend);
    const start = performance.now();
    for (let index = from; index < to; index++) {
      const loss = await step.run(batchOf(index));
      if (!Number.isFinite(loss)) throw new Error(`The loss of batch ${index} is ${loss}.`);
    }
    return performance.now() - start;
  },
  products: async ({ rounds }) => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/peak.wasm'));
    return timeProducts(await loadSimd(), instance.exports as never, rounds);
  },
  machine: async () => {
    const threads = crossOriginIsolated ? threadCount() : 1;
    const backends = await reportBackends();
    return { crossOriginIsolated, threads, simdBuild: bestBuild() ?? null, backends };
  },
};

self.onmessage = async ({ data: { kind, question } }: MessageEvent<Question>) => {
  try {
    const answer = ANSWERS[kind] as (question: Questions[typeof kind]) => Promise<unknown>;
    self.postMessage({ answer: await answer(question) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
