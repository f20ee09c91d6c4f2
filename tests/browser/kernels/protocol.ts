import type { Backend } from '../../../src/core/kernels/detect.ts';
import type { FallBackRun } from '../../unit/kernels/fall-back-run.ts';
import type { RecurrentAttrs } from '../../../src/core/kernels/spec/recurrent.ts';
import type { HeldMemory } from '../../unit/kernels/held-memory.ts';
import type { Shape } from '../../unit/kernels/recurrent-cases.ts';

export interface Case {
  readonly attrs: RecurrentAttrs;
  readonly shape: Shape;
  /** Of the made-up values. */
  readonly seed?: number;
}

/** How far each output lies from the reference, relative to its largest magnitude. */
export interface ParityResult {
  readonly title: string;
  readonly errors: Readonly<Record<string, number>>;
  /** Tensors that a forward and a backward call left behind. */
  readonly leaked: number;
  /** Bytes on the GPU, or in the SIMD kernels' memory, that a second time left behind. */
  readonly leakedBytes: number;
  /** Outputs of a second call that are not bit by bit those of the first. */
  readonly unstable: readonly string[];
}

/** Of a training step's batch and model. */
export interface StepShape {
  readonly batch: number;
  readonly steps: number;
  readonly units: number;
  /** Words of the vocabulary. */
  readonly words: number;
  /** Of a word's embedding. */
  readonly size: number;
}

export interface StepCase {
  readonly attrs: RecurrentAttrs;
  readonly shape: StepShape;
}

export interface Questions {
  parity: { readonly cases: readonly Case[] };
  timing: Case & { readonly repeats: number };
  /** Compares a sum by segment with a plain loop. */
  segmentSum: {
    readonly ids: readonly number[];
    readonly columns: number;
    readonly segments: number;
  };
  /** Compares a product of matrices, by shape and by what is transposed, with the CPU's. */
  matMul: {
    readonly rows: number;
    readonly columns: number;
    readonly depth: number;
    readonly transposed: 'none' | 'left' | 'right';
    readonly biased: boolean;
  };
  /** Compares loss and gradients with those of tfjs's `cpu` backend. */
  step: StepCase;
  stepTiming: StepCase & { readonly repeats: number };
  /** Trains a model of layers, whose kernels are ours or TensorFlow.js's own. */
  trainTiming: {
    readonly backend: Backend;
    readonly fused: boolean;
    readonly shape: StepShape;
    readonly repeats: number;
  };
  /** Trains, takes the backend away, and goes on with the same weights on another. */
  loseAndGoOn: { readonly from: Backend; readonly to: Backend; readonly shape: StepShape };
  /** Calls the kernels, takes the device away, and calls them again. */
  lose: Case;
  /** Trains for so many steps. */
  hold: { readonly steps: number };
  /** Trains, takes the device or its memory away in the middle, and goes on elsewhere. */
  fallBack: { readonly from: 'webgpu' | 'webgl'; readonly loses: 'device' | 'memory' };
}

export interface Answers {
  /** `complaints`: what WebGPU's validation said. */
  parity: { readonly results: readonly ParityResult[]; readonly complaints: readonly string[] };
  /** Milliseconds, each the shortest of some repeats. */
  timing: { readonly forward: number; readonly backward: number };
  segmentSum: { readonly error: number; readonly complaints: readonly string[] };
  /** `unstable`: a second product is not bit by bit the first. */
  matMul: {
    readonly error: number;
    readonly unstable: boolean;
    readonly complaints: readonly string[];
  };
  /** How far apart, by name, relative to the largest magnitude. */
  step: Readonly<Record<string, number>>;
  /** Milliseconds from the call to the loss on the CPU, the shortest of some repeats. */
  stepTiming: number;
  /** Milliseconds from the batch to the new weights, the shortest of some repeats. */
  trainTiming: number;
  /** The error's name; the losses before each step, and those of the first two without an accident. */
  loseAndGoOn: {
    readonly error: string;
    readonly losses: readonly number[];
    readonly expected: readonly number[];
  };
  lose: { readonly error: string; readonly isDeviceLost: boolean };
  /** What is held before and after. */
  hold: readonly [before: HeldMemory, after: HeldMemory];
  /** `expected`: losses of a run that nothing befell, on another backend. */
  fallBack: FallBackRun & { readonly expected: readonly number[]; readonly refusal: string };
}

export type Question<Kind extends keyof Questions = keyof Questions> = {
  [K in Kind]: Questions[K] & { readonly kind: K; readonly id: number };
}[Kind];
