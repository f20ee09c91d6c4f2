import type { Context } from '../context.ts';
import type { Parts } from '../result.ts';

const ROUNDS = 25;

/** The matrix products of a step beside the processor's peak, in the browser. */
export async function timeProductsThere({ browser }: Context): Promise<Parts['products']> {
  const worker = await browser.startWorker();
  const speeds = await worker.ask('products', { rounds: ROUNDS });
  await worker.close();
  console.log(`  ${speeds.together} of ${speeds.peak} GFLOP/s`);
  return speeds;
}
