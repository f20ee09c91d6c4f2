import type { Preset } from '../../src/core/models/presets/index.ts';
import type { summarize } from '../load/summary.ts';
import type { machine } from '../measure/machine.ts';
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
  /** Undefined before they are measured. */
  readonly firstStep: FirstStepResult | undefined;
  readonly predict: PredictResult | undefined;
}

/** What `results/predict.json` holds: `npm run load` writes it. */
export interface PredictResult extends ReturnType<typeof summarize> {
  readonly machine: ReturnType<typeof machine>;
  readonly words: number;
  readonly connections: number;
}

/** What `results/first-step.json` holds: how soon the page trains. */
export interface FirstStepResult {
  readonly machine: ReturnType<typeof machine> & { readonly chromium: string };
  /** In which a later visit should take its first step. */
  readonly limitMs: number;
  /** By preset; `lab` is the lab's own network. From the click to the first step's loss. */
  readonly runs: Readonly<
    Record<
      string,
      {
        readonly firstVisitMs: number;
        readonly medianMs: number;
        readonly minMs: number;
        readonly maxMs: number;
        readonly visits: number;
      }
    >
  >;
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
