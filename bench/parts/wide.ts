import type { Context } from '../context.ts';
import { stepEntry } from '../context.ts';
import { interleave } from '../interleave.ts';
import type { Parts } from '../result.ts';

const SIZE = { units: 256, steps: 200 };
const ROUNDS = 2;

/** A layer whose recurrent weights are too many for a GPU's registers, on each of our backends. */
export async function timeWide({ browser, reviews }: Context): Promise<Parts['wide']> {
  const worker = await browser.startWorker();
  const entry = (backend: 'simd' | 'webgpu' | 'webgl' | 'cpu') =>
    stepEntry(worker, reviews, `ours, ${backend}`, { layers: 'fused', backend, ...SIZE });
  const figures = await interleave(
    { simd: entry('simd'), webgpu: entry('webgpu'), webgl: entry('webgl'), cpu: entry('cpu') },
    ROUNDS,
  );
  await worker.close();
  return figures;
}
