import type { BenchResult, Figure, Parts, RatioName } from './result.ts';

/** What a ratio compares, and what it should reach. */
interface Target {
  readonly name: RatioName;
  readonly what: string;
  readonly floor: number;
  readonly aim: number;
}

export const TARGETS: readonly Target[] = [
  {
    name: 'simd_vs_repaired_cpu',
    what: 'SIMD in the browser, a step, beside TensorFlow.js `cpu` with its segment sum repaired',
    floor: 60,
    aim: 200,
  },
  {
    name: 'simd_vs_stock_best',
    what: 'SIMD in the browser, a step, beside the best backend of TensorFlow.js as shipped',
    floor: 300,
    aim: 1000,
  },
  {
    name: 'simd_vs_pytorch_dense',
    what: 'SIMD in the browser, a step without a mask, beside PyTorch',
    floor: 1,
    aim: 2,
  },
  {
    name: 'epoch_vs_pytorch',
    what: 'SIMD in the browser, an epoch with a mask, beside PyTorch’s at the same padded length',
    floor: 2,
    aim: 4,
  },
  {
    name: 'gemm_vs_peak',
    what: 'matrix products of a step, one thread, beside the vector unit’s 128-bit peak',
    floor: 0.5,
    aim: 0.75,
  },
  { name: 'webgpu_vs_stock', what: 'WebGPU beside TensorFlow.js’s, a step', floor: 12, aim: 30 },
  { name: 'webgl_vs_stock', what: 'WebGL beside TensorFlow.js’s, a step', floor: 5, aim: 15 },
  {
    name: 'gpu_vs_cudnn',
    what: 'WebGPU on a graphics card beside cuDNN, a step',
    floor: 0.5,
    aim: 1,
  },
];

const NO_PYTORCH = 'PyTorch is not installed here.';
const NO_CARD =
  'There is no graphics card here: `npm run bench:gpu` measures it where there is one.';

/** The ratios of what was measured, and why the others are missing. */
export function ratiosOf(
  { cpu, stock, epoch, products }: Parts,
  gpuVsCudnn: number | null,
): Pick<BenchResult, 'ratios' | 'notRun'> {
  const torch = fastest([cpu?.pytorch, cpu?.pytorchThreads]);
  const shipped = stock && fastest([stock.stockWebgpu, stock.stockWebgl, stock.shippedCpu]);
  const found: Record<RatioName, number | string> = {
    simd_vs_repaired_cpu: cpu ? speed(cpu.simd, cpu.stockCpu) : missing('cpu'),
    simd_vs_stock_best: stock ? speed(stock.simd, shipped) : missing('stock'),
    simd_vs_pytorch_dense: cpu ? (torch ? speed(cpu.simd, torch) : NO_PYTORCH) : missing('cpu'),
    epoch_vs_pytorch: epoch
      ? epoch.pytorch
        ? epoch.pytorch.seconds / epoch.masked.seconds
        : NO_PYTORCH
      : missing('epoch'),
    gemm_vs_peak: products ? products.together / products.peak : missing('products'),
    webgpu_vs_stock: stock ? speed(stock.webgpu, stock.stockWebgpu) : missing('stock'),
    webgl_vs_stock: stock ? speed(stock.webglShort, stock.stockWebglShort) : missing('stock'),
    gpu_vs_cudnn: gpuVsCudnn ?? NO_CARD,
  };
  const entries = Object.entries(found) as [RatioName, number | string][];
  return {
    ratios: Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : null]),
    ) as BenchResult['ratios'],
    notRun: Object.fromEntries(entries.filter(([, value]) => typeof value === 'string')),
  };
}

const missing = (part: keyof Parts): string => `The part \`${part}\` was not run.`;

/** Speed of ours over theirs, or what one of them failed of. */
function speed(ours: Figure, theirs: Figure | undefined): number | string {
  if (!ours.timing) return ours.failure!;
  if (!theirs?.timing) return theirs?.failure ?? 'None of them finished a step.';
  return theirs.timing.medianMs / ours.timing.medianMs;
}

/** The one with the shortest median. */
function fastest(figures: readonly (Figure | undefined)[]): Figure | undefined {
  return figures
    .filter((figure): figure is Figure => figure?.timing !== undefined)
    .sort((a, b) => a.timing!.medianMs - b.timing!.medianMs)[0];
}

const rounded = (value: number): number => Math.round(100 * value) / 100;
