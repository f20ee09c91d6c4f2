/** Times steps, epochs and matrix products in a dedicated worker, as the site computes. */
import * as tf from '@tensorflow/tfjs';
import { prepareStep, timeStep } from '../../src/core/benchmark/timed-step.ts';
import type { StepPlan } from '../../src/core/benchmark/timed-step.ts';
import type { TrainStep } from '../../src/core/benchmark/train-step.ts';
import { reportBackends } from '../../src/core/kernels/detect.ts';
import { loadSimd } from '../../src/core/kernels/simd/module.ts';
import { timeProducts } from '../products.ts';
import type { Answers, Question, Questions } from './protocol.ts';
import { epochBatch } from './epoch-batch.ts';

type Answering = {
  [Kind in keyof Questions]: (question: Questions[Kind]) => Promise<Answers[Kind]>;
};

const steps = new Map<string, Promise<TrainStep>>();

/** The step of a plan, made once. */
function stepOf(plan: StepPlan): Promise<TrainStep> {
  const key = JSON.stringify(plan);
  const known = steps.get(key) ?? make(plan);
  steps.set(key, known);
  return known;
}

async function make(plan: StepPlan): Promise<TrainStep> {
  if (plan.backend === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths('/wasm/');
  }
  return prepareStep(plan);
}

const warm = new Set<TrainStep>();

const ANSWERS: Answering = {
  step: async ({ plan, batch: { ids, labels } }) => {
    const batch = { ids: Int32Array.from(ids), labels: Float32Array.from(labels) };
    const step = await stepOf(plan);
    if (!warm.has(step)) await timeStep(step, plan, batch);
    warm.add(step);
    return timeStep(step, plan, batch);
  },
  epoch: async ({ plan, from, to }) => {
    const step = await stepOf(plan);
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
    const reports = await reportBackends();
    const { build } = await loadSimd();
    return {
      crossOriginIsolated,
      simdBuild: build,
      backends: Object.fromEntries(reports.map(({ backend, detail }) => [backend, detail])),
    };
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
