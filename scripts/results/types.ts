import type { Preset } from '../../src/core/models/presets/index.ts';
import type { PresetResult } from '../train/result.ts';

/** A preset, and what came of it if it has been trained. */
export interface PresetReport {
  readonly preset: Preset;
  readonly result: PresetResult | undefined;
}

/** Everything that the pages of results are made from. */
export interface Results {
  readonly presets: readonly PresetReport[];
  readonly torch: TorchResult;
}

/** What `results/pytorch.json` holds: like architectures in PyTorch, on the same splits. */
export interface TorchResult {
  readonly pytorch: string;
  readonly machine: string;
  readonly seeds: number;
  readonly reviews: { readonly train: number; readonly validation: number; readonly test: number };
  readonly runs: readonly TorchRun[];
}

export interface TorchRun {
  /** Ours, that it stands beside. */
  readonly preset: string;
  readonly model: string;
  readonly epochs: number;
  readonly bestValidation: number;
  readonly testAtLastEpoch: number;
  /** One, or the least and the most. */
  readonly secondsPerEpoch: readonly number[];
  /** From ours. */
  readonly differs: string;
}
