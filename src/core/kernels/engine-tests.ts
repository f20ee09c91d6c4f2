import type { Backend, BackendReport } from './detect.ts';
import { selfTest, stepValues, timeStep } from './self-test.ts';
import type { Verdict, VerdictMemory } from './verdicts.ts';
import { recallVerdicts, rememberVerdicts } from './verdicts.ts';

/** Makes a backend the current one. */
export type Start = (backend: Backend) => Promise<void>;

/** Of the reference: what a correct backend computes. */
let expected: Float32Array[] | undefined;

/** The tests of every backend: run at most once a visit, and remembered if there is a memory. */
export class EngineTests {
  readonly #results = new Map<Backend, Verdict | Error>();
  /** Verdicts come from an earlier visit. */
  #recalled = false;
  #asked = false;

  get recalled(): boolean {
    return this.#recalled;
  }

  /** What is known of a backend by now. */
  get(backend: Backend): Verdict | Error | undefined {
    return this.#results.get(backend);
  }

  forget(): void {
    this.#results.clear();
    this.#recalled = false;
    this.#asked = true;
  }

  /** Takes over what an earlier visit found, if this one has not tested anything yet. */
  async recall(memory: VerdictMemory, backends: readonly BackendReport[]): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    for (const [backend, verdict] of await recallVerdicts(memory, backends)) {
      this.#results.set(backend, verdict);
      this.#recalled = true;
    }
  }

  async remember(memory: VerdictMemory, backends: readonly BackendReport[]): Promise<void> {
    const verdicts = [...this.#results].filter(
      (entry): entry is [Backend, Verdict] => !(entry[1] instanceof Error),
    );
    await rememberVerdicts(memory, backends, new Map(verdicts));
  }

  /** Whether a backend starts and computes the right gradients. One that did not start is tried again. */
  async test(backend: Backend, start: Start): Promise<Verdict | Error> {
    const known = this.#results.get(backend);
    if (known && !(known instanceof Error)) return known;
    const result = await run(backend, start).catch(asError);
    this.#results.set(backend, result);
    return result;
  }

  /**
   * Milliseconds of a step of realistic size, of a backend that passed its test; undefined if even a
   * small step takes longer than `limit`.
   */
  async time(backend: Backend, limit: number, start: Start): Promise<number | undefined> {
    const known = this.#results.get(backend) as Verdict;
    if (known.milliseconds !== undefined) return known.milliseconds;
    if (known.smallMilliseconds > limit) return undefined;
    await start(backend);
    const milliseconds = await timeStep();
    this.#results.set(backend, { ...known, milliseconds });
    return milliseconds;
  }
}

async function run(backend: Backend, start: Start): Promise<Verdict> {
  if (!expected) {
    await start('cpu');
    expected = await stepValues();
  }
  await start(backend);
  const { correct, smallMilliseconds } = await selfTest(expected);
  return { correct, smallMilliseconds };
}

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new Error(String(error));
