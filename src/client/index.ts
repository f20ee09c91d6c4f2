/** The one door from the page to compute. Nothing heavy loads before the first call. */
import { BASE_URL } from './base-url.ts';
import { ComputeClient } from './compute-client.ts';
import type { WorkerPort } from './compute-client.ts';

export { ComputeError } from './compute-client.ts';
export type { RunningCall } from './compute-client.ts';
export type * from '../protocol/compute.ts';
export type { BackendChoice, EngineReport } from '../core/kernels/choose-backend.ts';
export type { Split } from '../core/dataset/types.ts';
export type { WordVerdict } from '../core/inspect/along.ts';
export type { StoredModel } from '../core/models/archive/model-store.ts';
export { PRESETS, presetNamed } from '../core/models/presets/index.ts';
export * from '../core/models/settings/index.ts';
export type { Sample } from '../core/pipeline/sample.ts';
export type { SavedRun } from '../core/training/checkpoints/store.ts';
export type * from '../core/training/events.ts';
export type * from '../core/training/race/events.ts';
export type * from '../core/training/telemetry/telemetry.ts';

export { RaceProgress, RacerProgress } from './race-progress.ts';

export { runBench, speedup } from './bench.ts';
export type { BenchOptions, BenchRow, BenchState } from './bench.ts';
export type * from '../protocol/bench.ts';

export const compute = new ComputeClient(
  () =>
    new Worker(new URL('../workers/compute.worker.ts', import.meta.url), {
      type: 'module',
      name: 'compute',
    }) as unknown as WorkerPort,
  BASE_URL,
);
