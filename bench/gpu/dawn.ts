import { reportBackends } from '../../src/core/kernels/detect.ts';
import { REVIEW_STEP } from '../../src/core/benchmark/shape.ts';
import { StepTimer } from '../../src/core/benchmark/timed-step.ts';
import type { Reviews } from '../reviews.ts';
import type { GpuRunner } from './runner.ts';

/** What the npm package `webgpu` exports: Dawn, Chromium's WebGPU, for Node. */
interface Dawn {
  readonly create: (flags: readonly string[]) => object;
  readonly globals: object;
}

/** Too large to come with every installation. */
const PACKAGE = 'webgpu';

/** Dawn with a graphics card; otherwise what it lacks, as a sentence. */
export async function inDawn(reviews: Reviews): Promise<GpuRunner | string> {
  const dawn = await import(PACKAGE).catch(() => undefined);
  if (!dawn) return 'Dawn for Node is not installed: `npm install --no-save webgpu` adds it.';
  const { create, globals } = dawn as Dawn;
  Object.assign(globalThis, globals);
  Object.defineProperty(navigator, 'gpu', { value: create([]) });
  const reports = await reportBackends();
  const { status, detail } = reports.find(({ backend }) => backend === 'webgpu')!;
  if (status !== 'ready') return `Dawn: ${detail}`;
  const timer = new StepTimer();
  const plan = { layers: 'fused', backend: 'webgpu', shape: REVIEW_STEP } as const;
  const { ids, labels } = reviews.first();
  const batch = { ids: Int32Array.from(ids), labels: Float32Array.from(labels) };
  return {
    runtime: `Dawn in Node ${process.version}`,
    device: detail,
    time: async () => (await timer.time(plan, batch)).at(-1)!,
    close: async () => {},
  };
}
