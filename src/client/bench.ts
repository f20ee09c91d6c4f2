import type { BenchMachine, StepBatch, StepPlan, StepTimes, Timing } from '../protocol/bench.ts';
import { BASE_URL } from './base-url.ts';
import { BenchThread } from './bench-thread.ts';

export interface BenchOptions {
  /** Times that each step runs. Slow ones run less often. */
  readonly rounds: number;
  /** Words of a review that our steps read on engines with hardware of their own. */
  readonly words: number;
  /** Words that TensorFlow.js's layers read, and ours beside them. */
  readonly shortWords: number;
}

/** One thing that is timed. */
export interface BenchRow extends Partial<StepTimes> {
  readonly plan: StepPlan;
  /** Why there are no times. */
  readonly problem?: string;
}

/** How a benchmark stands. */
export interface BenchState {
  readonly machine: BenchMachine;
  /** From 1. */
  readonly round: number;
  readonly rounds: number;
  /** Index of the row that runs now; undefined at the end. */
  readonly running: number | undefined;
  readonly rows: readonly BenchRow[];
}

/** A step that takes longer runs twice and no more. */
const SLOW_MS = 1000;

/**
 * Times a training step on every engine of this browser, and TensorFlow.js's own layers where a short
 * step is bearable, in turn. Yields before each step, and at the end.
 *
 * @param signal stops it at once
 * @throws Error if the reviews can't be loaded; the signal's reason
 */
export async function* runBench(
  { rounds, words, shortWords }: BenchOptions,
  signal: AbortSignal,
): AsyncGenerator<BenchState, void, undefined> {
  const end = new AbortController();
  const either = AbortSignal.any([signal, end.signal]);
  const threads = { fused: new BenchThread(either), stock: new BenchThread(either) };
  try {
    const machine = await threads.fused.ask('machine', {});
    const rows: BenchRow[] = plansOf(machine, words, shortWords).map((plan) => ({ plan }));
    const batches = new Map<number, StepBatch>();
    for (const steps of new Set([words, shortWords])) {
      const shape = { ...machine.shape, steps };
      batches.set(steps, await threads.fused.ask('reviews', { baseUrl: BASE_URL, shape }));
    }
    const state = (round: number, running?: number): BenchState => {
      return { machine, round, rounds, running, rows: [...rows] };
    };
    for (let round = 1; round <= rounds; round++) {
      for (const [index, { plan, problem, timing }] of rows.entries()) {
        if (problem !== undefined || isDone(timing)) continue;
        yield state(round, index);
        const thread = plan.layers === 'fused' ? threads.fused : threads.stock;
        const batch = batches.get(plan.shape.steps)!;
        rows[index] = { plan, ...(await timesOrProblem(thread, plan, batch)) };
        signal.throwIfAborted();
      }
    }
    yield state(rounds);
  } finally {
    end.abort();
  }
}

const isDone = (timing: Timing | undefined): boolean =>
  timing !== undefined && timing.medianMs > SLOW_MS && timing.runs >= 2;

async function timesOrProblem(
  thread: BenchThread,
  plan: StepPlan,
  batch: StepBatch,
): Promise<StepTimes | { problem: string }> {
  try {
    return await thread.ask('step', { plan, batch });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Steps for each engine that can run here; those that a processor plays get the short one alone. */
function plansOf({ backends, shape }: BenchMachine, words: number, shortWords: number): StepPlan[] {
  const plan = (
    layers: StepPlan['layers'],
    backend: StepPlan['backend'],
    steps: number,
  ): StepPlan => ({ layers, backend, shape: { ...shape, steps } });
  return backends
    .filter(({ status }) => status !== 'missing')
    .flatMap(({ backend, status }) => [
      ...(status === 'ready' && backend !== 'cpu' && words !== shortWords
        ? [plan('fused', backend, words)]
        : []),
      plan('fused', backend, shortWords),
      ...(backend === 'simd' ? [] : [plan('stock', backend, shortWords)]),
    ]);
}

/**
 * How many times as fast our step is as the same one on TensorFlow.js's own layers; undefined if that
 * was not timed. SIMD, on which TensorFlow.js can't train, stands beside its `cpu`.
 */
export function speedup({ plan, timing }: BenchRow, rows: readonly BenchRow[]): number | undefined {
  if (plan.layers !== 'fused' || !timing) return undefined;
  const counterpart = plan.backend === 'simd' ? 'cpu' : plan.backend;
  const theirs = rows.find(
    ({ plan: { layers, backend, shape } }) =>
      layers === 'stock' && backend === counterpart && shape.steps === plan.shape.steps,
  );
  return theirs?.timing && theirs.timing.medianMs / timing.medianMs;
}
