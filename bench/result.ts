import type { machine } from '../scripts/measure/machine.ts';
import type { StepShape } from '../src/core/benchmark/shape.ts';
import type { Timing } from '../src/core/benchmark/timing.ts';
import type { Answers, ProductSpeeds } from './browser/protocol.ts';

/** How long a step took, or why there is no time. */
export interface Figure {
  readonly what: string;
  /** Timesteps. */
  readonly steps: number;
  readonly timing?: Timing;
  readonly failure?: string;
}

/** How long an epoch took. */
export interface EpochFigure {
  readonly what: string;
  readonly seconds: number;
  /** Seconds of its slices, which were interleaved with those of the other epochs. */
  readonly slices: readonly number[];
}

type Figures<Name extends string> = Readonly<Record<Name, Figure>>;

/** What is measured together, interleaved. A part that was not asked for is not there. */
export interface Parts {
  /** The processor: ours, TensorFlow.js repaired, PyTorch. */
  readonly cpu?: Figures<'simd' | 'simdMasked' | 'simdOneThread' | 'simdNode' | 'stockCpu'> &
    Partial<Figures<'pytorch' | 'pytorchThreads'>>;
  /** Ours beside TensorFlow.js as it is shipped, on each backend. */
  readonly stock?: Figures<
    | 'simd'
    | 'webgpu'
    | 'stockWebgpu'
    | 'webgl'
    | 'webglShort'
    | 'stockWebglShort'
    | 'simdShort'
    | 'shippedCpuShort'
    | 'shippedCpu'
    | 'stockWebgl'
    | 'stockWasm'
  >;
  /** Ours with 256 units. */
  readonly wide?: Figures<'simd' | 'webgpu' | 'webgl' | 'cpu'>;
  readonly epoch?: Readonly<Record<'masked' | 'whole', EpochFigure>> & {
    readonly pytorch?: EpochFigure;
  };
  readonly products?: ProductSpeeds;
}

/** The ratios: speed of ours over theirs. */
export type RatioName =
  | 'simd_vs_repaired_cpu'
  | 'simd_vs_stock_best'
  | 'simd_vs_pytorch_dense'
  | 'epoch_vs_pytorch'
  | 'gemm_vs_peak'
  | 'webgpu_vs_stock'
  | 'webgl_vs_stock'
  | 'gpu_vs_cudnn';

/** What `bench/results/latest.json` holds. */
export interface BenchResult {
  readonly machine: ReturnType<typeof machine> & { readonly chromium: string };
  /** PyTorch's version; null where it is not installed. */
  readonly pytorch: string | null;
  readonly browser: Answers['machine'];
  readonly shape: StepShape;
  /** Distinct words of the batch: only these are projected. */
  readonly distinctWords: number;
  /** Training reviews of an epoch. */
  readonly reviews: number;
  readonly parts: Parts;
  /** Null where it was not run. */
  readonly ratios: Readonly<Record<RatioName, number | null>>;
  /** Why a ratio is null. */
  readonly notRun: Readonly<Partial<Record<RatioName, string>>>;
}
