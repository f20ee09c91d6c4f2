import { reportBackends } from './detect.ts';
import type { Backend, BackendReport } from './detect.ts';
import { EngineTests } from './engine-tests.ts';
import type { Start } from './engine-tests.ts';
import { simdThreads, startBackend } from './register.ts';
import type { ReadBuild } from './simd/module.ts';
import type { Threads } from './simd/threads/recruit.ts';
import { REALISTIC } from './self-test.ts';
import type { BackendFailure } from './spec/backend-failure.ts';
import type { VerdictMemory } from './verdicts.ts';

export type { Backend, BackendReport } from './detect.ts';
export type BackendChoice = 'auto' | Backend;

/** The backend that runs, and why. */
export interface EngineReport {
  readonly backend: Backend;
  readonly reason: string;
  readonly backends: readonly BackendReport[];
  /** Words that a training step of realistic size takes in a second, if this backend was timed. */
  readonly wordsPerSecond?: number;
}

export interface ChoiceOptions {
  /** Lets the SIMD kernels run on several threads. */
  readonly threads?: Threads | undefined;
  /** Keeps what the tests find for later visits. */
  readonly memory?: VerdictMemory | undefined;
  /** Test again, whatever is known. */
  readonly retest?: boolean;
  /** A backend that has just failed: any other will do. If it is lost, it is not taken again. */
  readonly failed?: { readonly backend: Backend; readonly failure: BackendFailure } | undefined;
}

/** The reader asked for a backend that can't be used here. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}

const TITLES: Readonly<Record<Backend, string>> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  simd: 'SIMD',
  cpu: 'JavaScript',
};

/** SIMD starts at once, and its time spares slower ones theirs. */
const ORDER: readonly Backend[] = ['simd', 'webgpu', 'webgl'];

const tests = new EngineTests();
/** Backends that were lost in this visit. */
const lost = new Map<Backend, BackendFailure>();

/**
 * Makes a backend the current one: the one asked for, or the fastest of those that compute the
 * right gradients here. Each is put to a small test the first time, and those that pass are timed;
 * the verdicts are remembered.
 *
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @throws BackendError if the one asked for is missing, lost, does not start, or computes wrong
 * gradients
 */
export async function chooseBackend(
  choice: BackendChoice = 'auto',
  readSimd?: ReadBuild,
  { threads, memory, retest = false, failed }: ChoiceOptions = {},
): Promise<EngineReport> {
  const backends = await reportBackends();
  const start = (backend: Backend): Promise<void> => startBackend(backend, readSimd, threads);
  if (failed?.failure.lost) lost.set(failed.backend, failed.failure);
  if (retest) tests.forget();
  else if (memory) await tests.recall(memory, backends);
  const usable = backends.filter(
    ({ backend }) => backend !== failed?.backend && !lost.has(backend),
  );
  const backend =
    choice === 'auto' ? await fastest(usable, start) : await wanted(choice, backends, start);
  await start(backend);
  if (memory) await tests.remember(memory, backends);

  const own = backends.find((report) => report.backend === backend)!;
  const passedOver = backends.filter((report) => report !== own).map(remark);
  const reason = [
    choice === 'auto' ? remark(own) : 'You chose it.',
    backend === 'simd' ? await simdThreads() : '',
    ...(choice === 'auto' ? passedOver : []),
    failed && !failed.failure.lost ? failed.failure.message : '',
    choice === 'auto' && tests.recalled ? 'Measured on an earlier visit.' : '',
  ];
  const report = { backend, reason: reason.filter(Boolean).join(' '), backends };
  const wordsPerSecond = speedOf(backend);
  return wordsPerSecond === undefined ? report : { ...report, wordsPerSecond };
}

function speedOf(backend: Backend): number | undefined {
  const result = tests.get(backend);
  if (!result || result instanceof Error || result.milliseconds === undefined) return undefined;
  return (1000 * REALISTIC.batch * REALISTIC.steps) / result.milliseconds;
}

async function wanted(
  backend: Backend,
  backends: readonly BackendReport[],
  start: Start,
): Promise<Backend> {
  const { status, detail } = backends.find((candidate) => candidate.backend === backend)!;
  const title = TITLES[backend];
  const failure = lost.get(backend);
  if (status === 'missing' || failure) {
    throw new BackendError(`The ${title} engine can’t run here: ${failure?.message ?? detail}`);
  }
  const result = await tests.test(backend, start);
  if (result instanceof Error) {
    throw new BackendError(`The ${title} engine did not start: ${result.message}`);
  }
  if (!result.correct) throw new BackendError(wrongGradients(title));
  return backend;
}

/** Of the backends with hardware behind them. JavaScript is only tried when nothing else works. */
async function fastest(usable: readonly BackendReport[], start: Start): Promise<Backend> {
  let best: { backend: Backend; milliseconds: number } | undefined;
  for (const backend of ORDER) {
    if (!usable.some((report) => report.backend === backend && report.status === 'ready')) continue;
    const result = await tests.test(backend, start);
    if (result instanceof Error || !result.correct) continue;
    const limit = best?.milliseconds ?? Number.POSITIVE_INFINITY;
    const milliseconds = await tests.time(backend, limit, start);
    if (milliseconds !== undefined && milliseconds < limit) best = { backend, milliseconds };
  }
  return best?.backend ?? 'cpu';
}

/** What is to be said of a backend, after the test if there was one. */
function remark({ backend, status, detail }: BackendReport): string {
  if (backend === 'cpu') return '';
  const title = TITLES[backend];
  const failure = lost.get(backend);
  if (failure) return failure.message;
  const result = tests.get(backend);
  if (status !== 'ready' || !result) return detail;
  if (result instanceof Error) return `${title} did not start: ${result.message}`;
  if (!result.correct) return wrongGradients(title);
  const { milliseconds, smallMilliseconds } = result;
  return milliseconds === undefined
    ? `${detail} A small step alone took ${smallMilliseconds.toFixed(1)} ms.`
    : `${detail} A test step took ${milliseconds.toFixed(1)} ms.`;
}

const wrongGradients = (title: string): string =>
  `${title} computes wrong gradients here and is not used.`;
