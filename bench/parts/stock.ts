import type { Context } from '../context.ts';
import { stepEntry } from '../context.ts';
import { interleave } from '../interleave.ts';
import type { Parts } from '../result.ts';

/** Software plays the graphics card where there is none: a stock step takes a minute. */
const ROUNDS = 2;
/** Timesteps that the slower stock backends get through in bearable time. */
const WEBGL_STEPS = 50;
const CPU_STEPS = 5;
/** The long step is tried all the same, this long. */
const LIMIT_MS = 120_000;

/** Ours beside TensorFlow.js as it is shipped, on each of its backends. */
export async function timeStock({ browser, reviews }: Context): Promise<Parts['stock']> {
  const [ours, shipped, cpu, webgl] = await Promise.all(
    Array.from({ length: 4 }, () => browser.startWorker()),
  );
  const short = { shape: { steps: WEBGL_STEPS } };
  const shorter = { shape: { steps: CPU_STEPS } };
  const once = { every: ROUNDS, limitMs: LIMIT_MS };
  const fused = (backend: 'simd' | 'webgpu' | 'webgl', size: object = {}) =>
    stepEntry(ours!, reviews, `ours, ${backend}`, { layers: 'fused', backend, ...size });
  const stock = (backend: 'cpu' | 'wasm' | 'webgpu' | 'webgl', size: object = {}) =>
    stepEntry(shipped!, reviews, `TensorFlow.js, ${backend}`, {
      layers: 'shipped',
      backend,
      ...size,
    });
  const limited = (worker: typeof cpu, backend: 'cpu' | 'webgl') =>
    stepEntry(
      worker!,
      reviews,
      `TensorFlow.js, ${backend}, first step`,
      { layers: 'shipped', backend },
      once,
    );
  const figures = await interleave(
    {
      simd: fused('simd'),
      webgpu: fused('webgpu'),
      stockWebgpu: stock('webgpu'),
      webgl: fused('webgl'),
      webglShort: fused('webgl', short),
      stockWebglShort: stock('webgl', short),
      simdShort: fused('simd', shorter),
      shippedCpuShort: stock('cpu', shorter),
      shippedCpu: limited(cpu, 'cpu'),
      stockWebgl: limited(webgl, 'webgl'),
      stockWasm: stock('wasm'),
    },
    ROUNDS,
  );
  await Promise.all([ours!, shipped!, cpu!, webgl!].map((worker) => worker.close()));
  return figures;
}
