import type { StepBatch, StepShape } from '../core/benchmark/shape.ts';
import type { StepPlan } from '../core/benchmark/timed-step.ts';
import type { Timing } from '../core/benchmark/timing.ts';
import type { BackendReport } from '../core/kernels/detect.ts';
import type { Build } from '../core/kernels/simd/best-build.ts';

export type { StepBatch, StepPlan, StepShape, Timing };

/** What the steps run on. */
export interface BenchMachine {
  /** Of a whole step. */
  readonly shape: StepShape;
  readonly backends: readonly BackendReport[];
  /** Which build of the SIMD kernels runs; null without WebAssembly. */
  readonly simdBuild: Build | null;
  /** That `simd` computes on. */
  readonly threads: number;
  readonly crossOriginIsolated: boolean;
}

/** A step's times so far. */
export interface StepTimes {
  readonly timing: Timing;
  /** GFLOP/s of its matrix products at the median time, each distinct word projected once. */
  readonly gigaflops: number;
}

/** Every question to a bench worker, and its answer. It takes one at a time. */
export interface BenchCalls {
  machine: { request: Record<never, never>; result: BenchMachine };
  /** A batch of real reviews. `baseUrl` is the path of the folder that holds `data/`. */
  reviews: { request: { baseUrl: string; shape: StepShape }; result: StepBatch };
  /** Runs a step once more. */
  step: { request: { plan: StepPlan; batch: StepBatch }; result: StepTimes };
}

export type BenchRequest = {
  [K in keyof BenchCalls]: { readonly name: K; readonly request: BenchCalls[K]['request'] };
}[keyof BenchCalls];

export type BenchResponse =
  | { readonly result: BenchCalls[keyof BenchCalls]['result'] }
  | { readonly error: string };
