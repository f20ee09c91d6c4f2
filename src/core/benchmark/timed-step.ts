import * as tf from '@tensorflow/tfjs';
import type { Backend } from '../kernels/detect.ts';
import type { StartThread } from '../kernels/simd/threads/recruit.ts';
import type { FusedStepOptions } from './fused-step.ts';
import type { StepBatch, StepShape } from './shape.ts';
import type { TrainStep } from './train-step.ts';

/** A step and what it runs on. */
export interface StepPlan extends FusedStepOptions {
  /**
   * `fused`: ours. `stock`: TensorFlow.js's own layers and kernels, which must not meet ours in one
   * thread; on `cpu` with a segment sum that does not loop over the vocabulary. `shipped`: without that.
   */
  readonly layers: 'fused' | 'stock' | 'shipped';
  readonly backend: Backend | 'wasm';
  readonly shape: StepShape;
  /** Of the `simd` backend's first step in a thread; by default as many as suit the machine. */
  readonly threads?: number;
}

/**
 * Starts the backend and makes the step. Loads what the plan needs and nothing else.
 *
 * @param startThread lets `simd` compute on several threads
 * @throws Error if the backend does not start here
 */
export async function prepareStep(plan: StepPlan, startThread?: StartThread): Promise<TrainStep> {
  const { layers, backend, shape } = plan;
  if (layers === 'fused') {
    const [{ startBackend }, { createFusedStep }] = await Promise.all([
      import('../kernels/register.ts'),
      import('./fused-step.ts'),
    ]);
    const threads = startThread && { start: startThread, count: plan.threads };
    await startBackend(backend as Backend, undefined, threads);
    return createFusedStep(shape, plan);
  }
  if (backend === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu');
  if (backend === 'cpu' && layers === 'stock') {
    const { registerUnsortedSegmentSum } = await import('../kernels/cpu/unsorted-segment-sum.ts');
    registerUnsortedSegmentSum();
  }
  await tf.setBackend(backend);
  const { createStockStep } = await import('./stock-step.ts');
  return createStockStep(shape);
}

/** Times steps, each of them prepared before the first time. */
export class StepTimer {
  readonly #steps = new Map<string, TrainStep>();
  readonly #times = new Map<string, number[]>();
  readonly #startThread: StartThread | undefined;

  /** @param startThread lets `simd` compute on several threads */
  constructor(startThread?: StartThread) {
    this.#startThread = startThread;
  }

  /**
   * Runs a step once more.
   *
   * @param cold times the very first run too, which compiles; otherwise one goes before
   * @returns the times of this plan so far, in milliseconds
   * @throws Error if the backend does not start, or the loss is no number: a time would mean nothing
   */
  async time(plan: StepPlan, batch: StepBatch, cold = false): Promise<readonly number[]> {
    const key = JSON.stringify(plan);
    let step = this.#steps.get(key);
    if (!step) {
      step = await prepareStep(plan, this.#startThread);
      if (!cold) await runStep(step, plan, batch);
      this.#steps.set(key, step);
    }
    const milliseconds = await runStep(step, plan, batch);
    const times = [...(this.#times.get(key) ?? []), milliseconds];
    this.#times.set(key, times);
    return times;
  }
}

async function runStep(
  step: TrainStep,
  { backend, layers }: StepPlan,
  batch: StepBatch,
): Promise<number> {
  await tf.setBackend(backend);
  const start = performance.now();
  const loss = await step.run(batch);
  const milliseconds = performance.now() - start;
  if (!Number.isFinite(loss)) throw new Error(`${layers} on ${backend}: the loss is ${loss}`);
  return milliseconds;
}
