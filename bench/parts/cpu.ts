import { readFile } from 'node:fs/promises';
import { startThread } from '../../scripts/kernel-threads.ts';
import { SIMD_BUILDS } from '../../scripts/simd.ts';
import { REVIEW_STEP } from '../../src/core/benchmark/shape.ts';
import { StepTimer } from '../../src/core/benchmark/timed-step.ts';
import { startBackend } from '../../src/core/kernels/register.ts';
import type { BenchWorker } from '../browser/browser.ts';
import { stepEntry } from '../context.ts';
import type { Context } from '../context.ts';
import { interleave } from '../interleave.ts';
import type { Entry } from '../interleave.ts';
import type { Reviews } from '../reviews.ts';
import type { Parts } from '../result.ts';
import type { Torch } from '../torch.ts';

const ROUNDS = 21;
/** A stock step takes seconds. */
const STOCK_EVERY = 7;

/** Steps on the processor: ours in the browser and in Node, TensorFlow.js repaired, PyTorch. */
export async function timeCpu({ browser, reviews, torch, cores }: Context): Promise<Parts['cpu']> {
  const workers = await Promise.all(Array.from({ length: 3 }, () => browser.startWorker()));
  const [ours, alone, theirs] = workers as [BenchWorker, BenchWorker, BenchWorker];
  const simd = { layers: 'fused', backend: 'simd' } as const;
  const figures = await interleave(
    {
      simd: stepEntry(ours, reviews, 'ours, SIMD, padding read like words', simd),
      simdMasked: stepEntry(ours, reviews, 'ours, SIMD, padding masked', { ...simd, masked: true }),
      simdOneThread: stepEntry(alone, reviews, 'ours, SIMD, one thread, padding read like words', {
        ...simd,
        threads: 1,
      }),
      simdNode: await nodeEntry(reviews),
      stockCpu: stepEntry(
        theirs,
        reviews,
        'TensorFlow.js `cpu`, its segment sum repaired',
        { layers: 'stock', backend: 'cpu' },
        { every: STOCK_EVERY },
      ),
      pytorch: torch && torchEntry(torch, 1),
      pytorchThreads: torch && cores > 1 ? torchEntry(torch, cores) : undefined,
    },
    ROUNDS,
  );
  await Promise.all(workers.map((worker) => worker.close()));
  return figures;
}

/** The same step in Node, without a browser. */
async function nodeEntry(reviews: Reviews): Promise<Entry> {
  const plan = { layers: 'fused', backend: 'simd', shape: REVIEW_STEP } as const;
  await startBackend('simd', (build) => readFile(SIMD_BUILDS[build]), { start: startThread });
  const timer = new StepTimer();
  const { ids, labels } = reviews.first();
  const batch = { ids: Int32Array.from(ids), labels: Float32Array.from(labels) };
  const time = async (): Promise<number> => (await timer.time(plan, batch)).at(-1)!;
  return { what: 'ours, SIMD, in Node, padding read like words', steps: REVIEW_STEP.steps, time };
}

function torchEntry(torch: Torch, threads: number): Entry {
  const time = (): Promise<number> => torch.train({ threads, clip: false, from: 0, to: 1 });
  const count = threads === 1 ? 'one thread' : `${threads} threads`;
  return { what: `PyTorch, ${count}, padding read like words`, steps: REVIEW_STEP.steps, time };
}
