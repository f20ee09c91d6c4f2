/**
 * Times training steps. The page keeps two of these, one for our layers and one for TensorFlow.js's
 * own, since ours replace kernels of the thread that they run in.
 */
import { reviewBatch } from '../core/benchmark/review-batch.ts';
import { REVIEW_STEP, stepFlops } from '../core/benchmark/shape.ts';
import { StepTimer } from '../core/benchmark/timed-step.ts';
import { timing } from '../core/benchmark/timing.ts';
import { openDataset } from '../core/dataset/loader/dataset.ts';
import { reportBackends } from '../core/kernels/detect.ts';
import { bestBuild } from '../core/kernels/simd/best-build.ts';
import { threadCount } from '../core/kernels/simd/threads/recruit.ts';
import type { BenchCalls, BenchRequest, BenchResponse } from '../protocol/bench.ts';
import { startThread } from './kernel-threads.ts';

type Answers = {
  [K in keyof BenchCalls]: (request: BenchCalls[K]['request']) => Promise<BenchCalls[K]['result']>;
};

const timer = new StepTimer(startThread);

const ANSWERS: Answers = {
  machine: async () => ({
    shape: REVIEW_STEP,
    backends: await reportBackends(),
    simdBuild: bestBuild() ?? null,
    threads: self.crossOriginIsolated ? threadCount() : 1,
    crossOriginIsolated: self.crossOriginIsolated,
  }),
  reviews: async ({ baseUrl, shape }) =>
    reviewBatch(await openDataset({ baseUrl: `${baseUrl}data/` }), shape),
  step: async ({ plan, batch }) => {
    const times = timing(await timer.time(plan, batch));
    const flops = stepFlops(plan.shape, new Set(batch.ids).size);
    return { timing: times, gigaflops: flops / times.medianMs / 1e6 };
  },
};

self.onmessage = async ({ data: { name, request } }: MessageEvent<BenchRequest>) => {
  const respond = (response: BenchResponse): void => self.postMessage(response);
  try {
    const answer = ANSWERS[name] as (request: BenchRequest['request']) => Promise<never>;
    respond({ result: await answer(request) });
  } catch (error) {
    respond({ error: error instanceof Error ? error.message : String(error) });
  }
};
