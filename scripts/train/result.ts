import type { machine } from '../measure/machine.ts';
import type { ModelSettings } from '../../src/core/models/settings/index.ts';
import type { Evaluation } from '../../src/core/training/evaluation/evaluate.ts';

/** One pass over the training reviews, and the validation after it. */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
  readonly validationAuc: number;
  readonly seconds: number;
}

/** A whole run. The test reviews are read once, with the weights of the best epoch. */
export interface SeedResult {
  readonly seed: number;
  readonly epochs: readonly EpochResult[];
  /** From 1: the epoch whose weights the model ends with. */
  readonly bestEpoch: number;
  readonly test: Evaluation;
  readonly seconds: number;
  readonly backend: string;
  /** That computed, if the backend is `simd`: another number gives a run of its own. */
  readonly threads?: number;
  readonly machine: ReturnType<typeof machine>;
  /** Version of the code, as Git names it. */
  readonly code: string;
}

/** What `results/<preset>.json` holds. */
export interface PresetResult {
  readonly preset: string;
  readonly settings: ModelSettings;
  readonly parameters: number;
  readonly seeds: readonly SeedResult[];
  readonly test_accuracy_mean: number;
  /** Largest less smallest. */
  readonly test_accuracy_spread: number;
  /** The shipped weights: those of the first seed. */
  readonly weights?: ShippedWeights;
}

export interface ShippedWeights {
  readonly seed: number;
  readonly precision: 'float16' | 'uint8';
  /** All files of the model. */
  readonly bytes: number;
  /** Of the shipped weights, which are less exact than the trained ones. */
  readonly test_accuracy: number;
  readonly test_accuracy_loss: number;
  /** The same on the sample of the test reviews that `npm test` reads. */
  readonly sample_accuracy?: number;
}

/** A result with another seed's run in it, in the place of that seed's older one. */
export function withSeed(
  result: Omit<PresetResult, 'test_accuracy_mean' | 'test_accuracy_spread'>,
  run: SeedResult,
): PresetResult {
  const others = result.seeds.filter(({ seed }) => seed !== run.seed);
  const seeds = [...others, run].toSorted((a, b) => a.seed - b.seed);
  const accuracies = seeds.map(({ test }) => test.accuracy);
  const sum = accuracies.reduce((total, value) => total + value, 0);
  return {
    ...result,
    seeds,
    test_accuracy_mean: round(sum / seeds.length),
    test_accuracy_spread: round(Math.max(...accuracies) - Math.min(...accuracies)),
  };
}

/** To five digits behind the point: a review of 25,000 is 0.00004. */
export function round(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
