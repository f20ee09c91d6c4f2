import { REVIEW_STEP } from '../../src/core/benchmark/shape.ts';
import type { Context } from '../context.ts';
import type { EpochFigure, Parts } from '../result.ts';

/** Of the network `lstm-clipnorm`. */
export const CLIPNORM = 0.1;
/** The epochs run slice by slice, in turn, so that all of them see the same machine. */
const SLICES = 5;

/** One whole epoch each: ours with and without a mask, and PyTorch's, which reads padding. */
export async function timeEpochs({ browser, reviews, torch }: Context): Promise<Parts['epoch']> {
  const worker = await browser.startWorker();
  const ours = (masked: boolean) => (from: number, to: number) => {
    const plan = {
      layers: 'fused',
      backend: 'simd',
      shape: REVIEW_STEP,
      clipnorm: CLIPNORM,
      masked,
    } as const;
    return worker.ask('epoch', { plan, from, to });
  };
  const runs = {
    masked: { what: 'ours, SIMD, padding masked', train: ours(true) },
    whole: { what: 'ours, SIMD, padding read like words', train: ours(false) },
    ...(torch && {
      pytorch: {
        what: 'PyTorch, one thread, padding read like words',
        train: (from: number, to: number) => torch.train({ threads: 1, clip: true, from, to }),
      },
    }),
  };
  const seconds: Record<string, number[]> = {};
  for (let slice = 0; slice < SLICES; slice++) {
    const [from, to] = [slice, slice + 1].map((edge) =>
      Math.round((edge * reviews.batches) / SLICES),
    );
    for (const [name, { what, train }] of Object.entries(runs)) {
      const took = (await train(from!, to!)) / 1000;
      (seconds[name] ??= []).push(took);
      console.log(`  ${what}: batches ${from} to ${to} in ${took.toFixed(1)} s`);
    }
  }
  await worker.close();
  const figures = Object.entries(runs).map(([name, { what }]): [string, EpochFigure] => {
    const slices = seconds[name]!.map(tenths);
    return [name, { what, seconds: tenths(seconds[name]!.reduce((a, b) => a + b)), slices }];
  });
  return Object.fromEntries(figures) as unknown as Parts['epoch'];
}

const tenths = (seconds: number): number => Math.round(10 * seconds) / 10;
