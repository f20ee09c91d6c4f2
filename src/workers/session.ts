import { openDataset } from '../core/dataset/loader/dataset.ts';
import type { Dataset, LoadProgress } from '../core/dataset/loader/dataset.ts';
import { chooseBackend } from '../core/kernels/choose-backend.ts';
import type { BackendChoice, EngineReport } from '../core/kernels/choose-backend.ts';
import type { StartThread } from '../core/kernels/simd/threads/recruit.ts';
import type { VerdictMemory } from '../core/kernels/verdicts.ts';
import { summarize } from '../core/models/build.ts';
import { checkSettings } from '../core/models/settings.ts';
import { Pipeline } from '../core/pipeline.ts';
import type { RunControl } from '../core/training/run-control.ts';
import type { CallName, Calls, DataProgress } from '../protocol/compute.ts';

type Emit<K extends CallName> = (event: Calls[K]['event']) => void;

/** How the page steers a call under way. */
export interface Steering {
  readonly control: RunControl;
  readonly abort: AbortController;
}

/** A call that came at the wrong time. */
class SessionError extends Error {
  override readonly name = 'SessionError';
}

/** What the compute worker keeps between calls: the data, and the last model that was trained. */
export class Session {
  readonly #baseUrl: string;
  readonly #startThread: StartThread | undefined;
  readonly #verdicts: VerdictMemory | undefined;
  #dataset: Promise<Dataset> | undefined;
  #pipeline: Pipeline | undefined;
  #busy = false;

  /**
   * @param startThread lets the processor's kernels run on several threads
   * @param verdicts where the tests of the engines are kept; left out, nowhere
   */
  constructor(baseUrl: string, startThread?: StartThread, verdicts?: VerdictMemory) {
    this.#baseUrl = baseUrl;
    this.#startThread = startThread;
    this.#verdicts = verdicts;
  }

  /** Streams every token shard that is not here yet. */
  async load(emit: Emit<'load'>, signal: AbortSignal): Promise<Calls['load']['result']> {
    const dataset = await this.#open(emit);
    const onProgress = report(dataset, emit);
    await dataset.loadAll({ signal, onProgress });
    return { reviews: dataset.manifest.reviews };
  }

  /** Trains a new model. The model stays for verdicts, also when the run is stopped or diverges. */
  async train(
    { settings: wanted, trainOn, backend }: Calls['train']['request'],
    emit: Emit<'train'>,
    { control, abort: { signal } }: Steering,
  ): Promise<Calls['train']['result']> {
    const settings = checkSettings(wanted);
    if (this.#busy) {
      throw new SessionError('A run is under way. Stop it before you start another.');
    }
    this.#busy = true;
    try {
      const dataset = await this.#open(emit);
      const onProgress = report(dataset, emit);
      if (trainOn === 'all') await dataset.loadAll({ onProgress, signal });
      else await dataset.loadStarter({ onProgress, signal });
      const engine = await this.#choose(backend);
      signal.throwIfAborted();
      const pipeline = new Pipeline(dataset, settings, trainOn);
      this.#pipeline?.dispose();
      this.#pipeline = pipeline;
      const { train: trainReviews, validation: validationReviews } = pipeline.reviews;
      const layers = summarize(pipeline.model);
      emit({ type: 'started', settings, engine, layers, trainReviews, validationReviews });
      for await (const event of pipeline.fit(control)) emit(event);
      return { outcome: control.state === 'stopped' ? 'stopped' : 'finished' };
    } catch (error) {
      if (signal.aborted && error === signal.reason) return { outcome: 'stopped' };
      throw error;
    } finally {
      this.#busy = false;
    }
  }

  /** Tests and times every engine anew, and makes the best the current one. */
  async testEngines(): Promise<Calls['testEngines']['result']> {
    if (this.#busy) {
      throw new SessionError('A run is under way. Stop it before you test the engines.');
    }
    this.#busy = true;
    try {
      return await this.#choose('auto', true);
    } finally {
      this.#busy = false;
    }
  }

  #choose(backend: BackendChoice, retest = false): Promise<EngineReport> {
    const threads = this.#startThread && { start: this.#startThread };
    return chooseBackend(backend, undefined, { threads, memory: this.#verdicts, retest });
  }

  judge({ text }: Calls['judge']['request']): Promise<Calls['judge']['result']> {
    if (!this.#pipeline) throw new SessionError('There is no model yet. Train one first.');
    return this.#pipeline.judge(text);
  }

  async sample(
    { split, n }: Calls['sample']['request'],
    signal: AbortSignal,
  ): Promise<Calls['sample']['result']> {
    const dataset = await this.#open(() => {});
    await dataset.loadStarter({ signal });
    const table = dataset.table(split);
    const index = n % table.rows.length;
    const row = table.rows[index]!;
    const text = await dataset.text(dataset.positionOf(row)!, signal);
    return { row, label: table.labels[index] === 1 ? 1 : 0, text };
  }

  /** Opens the data once; a failed attempt doesn't stand in the way of the next. */
  #open(emit: (progress: DataProgress) => void): Promise<Dataset> {
    this.#dataset ??= openDataset({
      baseUrl: `${this.#baseUrl}data/`,
      onProgress: (progress) => emit({ ...progress, type: 'data', totalReviews: 0, kept: true }),
    }).catch((error: unknown) => {
      this.#dataset = undefined;
      throw error;
    });
    return this.#dataset;
  }
}

function report(dataset: Dataset, emit: (event: DataProgress) => void) {
  const totalReviews = dataset.manifest.reviews;
  return (progress: LoadProgress) =>
    emit({ ...progress, type: 'data', totalReviews, kept: dataset.storage === 'cached' });
}
