import { reportBackends } from './detect.ts';
import type { Backend, BackendReport } from './detect.ts';
import { simdThreads, startBackend } from './register.ts';
import { selfTest, stepValues } from './self-test.ts';
import type { SelfTest } from './self-test.ts';
import type { ReadBuild } from './simd/module.ts';
import type { Threads } from './simd/threads/recruit.ts';

export type { Backend, BackendReport } from './detect.ts';
export type BackendChoice = 'auto' | Backend;

/** The backend that runs, and why. */
export interface EngineReport {
  readonly backend: Backend;
  readonly reason: string;
  readonly backends: readonly BackendReport[];
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

let expected: Float32Array[] | undefined;
const tests = new Map<Backend, SelfTest | Error>();

/**
 * Makes a backend the current one: the one asked for, or the fastest of those that compute the
 * right gradients here. Each is put to a small test the first time; the verdict is remembered.
 *
 * @param readSimd gives the bytes of a SIMD build; by default they are fetched
 * @param threads lets the SIMD kernels run on several threads
 * @throws BackendError if the one asked for is missing, does not start, or computes wrong gradients
 */
export async function chooseBackend(
  choice: BackendChoice = 'auto',
  readSimd?: ReadBuild,
  threads?: Threads,
): Promise<EngineReport> {
  const backends = await reportBackends();
  const start = (backend: Backend): Promise<void> => startBackend(backend, readSimd, threads);
  const tested = (backend: Backend): Promise<SelfTest | Error> => test(backend, start);
  const backend =
    choice === 'auto' ? await fastest(backends, tested) : await usable(choice, backends, tested);
  await start(backend);
  const own = backends.find((report) => report.backend === backend)!;
  const passedOver = backends.filter((report) => report !== own).map(remark);
  const reason = [
    choice === 'auto' ? remark(own) : 'You chose it.',
    backend === 'simd' ? await simdThreads() : '',
    ...(choice === 'auto' ? passedOver : []),
  ]
    .filter(Boolean)
    .join(' ');
  return { backend, reason, backends };
}

async function usable(
  backend: Backend,
  backends: readonly BackendReport[],
  tested: (backend: Backend) => Promise<SelfTest | Error>,
): Promise<Backend> {
  const report = backends.find((candidate) => candidate.backend === backend)!;
  const title = TITLES[backend];
  if (report.status === 'missing') {
    throw new BackendError(`The ${title} engine can’t run here: ${report.detail}`);
  }
  const result = await tested(backend);
  if (result instanceof Error) {
    throw new BackendError(`The ${title} engine did not start: ${result.message}`);
  }
  if (!result.correct) throw new BackendError(wrongGradients(title));
  return backend;
}

/** Of the backends with hardware behind them. JavaScript is only tried when nothing else works. */
async function fastest(
  backends: readonly BackendReport[],
  tested: (backend: Backend) => Promise<SelfTest | Error>,
): Promise<Backend> {
  let best: { backend: Backend; milliseconds: number } | undefined;
  for (const { backend, status } of backends) {
    if (status !== 'ready' || backend === 'cpu') continue;
    const result = await tested(backend);
    if (result instanceof Error || !result.correct) continue;
    if (!best || result.milliseconds < best.milliseconds) {
      best = { backend, milliseconds: result.milliseconds };
    }
  }
  return best?.backend ?? 'cpu';
}

type Start = (backend: Backend) => Promise<void>;

async function test(backend: Backend, start: Start): Promise<SelfTest | Error> {
  const known = tests.get(backend);
  if (known && !(known instanceof Error)) return known;
  const result = await run(backend, start).catch((error: unknown) =>
    error instanceof Error ? error : new Error(String(error)),
  );
  tests.set(backend, result);
  return result;
}

async function run(backend: Backend, start: Start): Promise<SelfTest> {
  if (!expected) {
    await start('cpu');
    expected = await stepValues();
  }
  await start(backend);
  return selfTest(expected);
}

/** What is to be said of a backend, after the test if there was one. */
function remark({ backend, status, detail }: BackendReport): string {
  if (backend === 'cpu') return '';
  const result = tests.get(backend);
  const title = TITLES[backend];
  if (status !== 'ready' || !result) return detail;
  if (result instanceof Error) return `${title} did not start: ${result.message}`;
  if (!result.correct) return wrongGradients(title);
  return `${detail} A test step took ${result.milliseconds.toFixed(1)} ms.`;
}

const wrongGradients = (title: string): string =>
  `${title} computes wrong gradients here and is not used.`;
