import type { BenchWorker } from '../browser/browser.ts';
import type { Context } from '../context.ts';
import { stepEntry } from '../context.ts';
import { interleave } from '../interleave.ts';
import type { Parts } from '../result.ts';

/** Software plays the graphics card where there is none: a stock step takes a minute. */
const ROUNDS = 2;
/** Ours on the processor is done at once beside all that. */
const QUICK_REPEATS = 7;
/** Timesteps that the slower stock backends get through in bearable time. */
const WEBGL_STEPS = 50;
const CPU_STEPS = 2;
/** The long step is tried all the same, this long. */
const LIMIT_MS = 120_000;

/** Ours beside TensorFlow.js as it is shipped, on each of its backends. */
export async function timeStock({ browser, reviews }: Context): Promise<Parts['stock']> {
  // What fails or is stopped must not take others along.
  const names = ['ours', 'shipped', 'cpu', 'webgl', 'wasm'] as const;
  const started = names.map(async (name) => [name, await browser.startWorker()] as const);
  const workers = Object.fromEntries(await Promise.all(started)) as Record<
    (typeof names)[number],
    BenchWorker
  >;
  const fused = (backend: 'simd' | 'webgpu' | 'webgl', steps?: number) =>
    stepEntry(workers.ours, reviews, `ours, ${backend}`, { layers: 'fused', backend, steps });
  const stock = (backend: 'cpu' | 'webgpu' | 'webgl', steps?: number) =>
    stepEntry(workers.shipped, reviews, `TensorFlow.js, ${backend}`, {
      layers: 'shipped',
      backend,
      steps,
    });
  const once = (backend: 'cpu' | 'webgl' | 'wasm') =>
    stepEntry(
      workers[backend],
      reviews,
      `TensorFlow.js, ${backend}, first step`,
      { layers: 'shipped', backend },
      { limitMs: LIMIT_MS },
    );
  const rounds = await interleave(
    {
      simd: { ...fused('simd'), repeats: QUICK_REPEATS },
      webgpu: fused('webgpu'),
      stockWebgpu: stock('webgpu'),
      webgl: fused('webgl'),
      webglShort: fused('webgl', WEBGL_STEPS),
      stockWebglShort: stock('webgl', WEBGL_STEPS),
      simdShort: { ...fused('simd', CPU_STEPS), repeats: QUICK_REPEATS },
      shippedCpuShort: stock('cpu', CPU_STEPS),
    },
    ROUNDS,
  );
  // WebGL comes last: what a stopped step has queued keeps the browser's graphics busy.
  const tried = await interleave(
    { stockWasm: once('wasm'), shippedCpu: once('cpu'), stockWebgl: once('webgl') },
    1,
  );
  await Promise.all(Object.values(workers).map((worker) => worker.close()));
  return { ...rounds, ...tried };
}
