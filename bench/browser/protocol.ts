import type { StepPlan } from '../../src/core/benchmark/timed-step.ts';
import type { BackendReport } from '../../src/core/kernels/detect.ts';
import type { Build } from '../../src/core/kernels/simd/best-build.ts';

/** A batch as it crosses into the browser. */
export interface PlainBatch {
  readonly ids: readonly number[];
  readonly labels: readonly number[];
}

export interface Questions {
  /** Runs a step once. Before the first time it is made and, unless `cold`, run without being timed. */
  step: { readonly plan: StepPlan; readonly batch: PlainBatch; readonly cold: boolean };
  /** Trains on the batches `from` to `to` (not included) of the server's `/ids` and `/labels`. */
  epoch: { readonly plan: StepPlan; readonly from: number; readonly to: number };
  products: { readonly rounds: number };
  machine: Record<never, never>;
}

export interface Answers {
  /** Milliseconds. */
  step: number;
  /** Milliseconds. */
  epoch: number;
  products: ProductSpeeds;
  machine: {
    readonly crossOriginIsolated: boolean;
    /** That `simd` computes on. */
    readonly threads: number;
    readonly simdBuild: Build | null;
    readonly backends: readonly BackendReport[];
  };
}

/** GFLOP/s on one thread, each in its fastest round. */
export interface ProductSpeeds {
  /** Multiply-adds of the vector unit that need nothing from memory. */
  readonly peak: number;
  /** Each matrix product of a training step. */
  readonly products: Readonly<Record<string, number>>;
  /** All of them together, as often as a step has each. */
  readonly together: number;
}

export type Question<Kind extends keyof Questions = keyof Questions> = {
  [K in Kind]: { readonly kind: K; readonly question: Questions[K] };
}[Kind];

/** What comes back: the answer, or what went wrong. */
export type Reply = { readonly answer: Answers[keyof Answers] } | { readonly error: string };
