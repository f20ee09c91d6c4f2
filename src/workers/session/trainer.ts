import type * as tf from '@tensorflow/tfjs';
import { WeightHistory } from '../../core/inspect/weight-history.ts';
import type { Moment } from '../../core/inspect/weight-history.ts';
import { summarize } from '../../core/models/build.ts';
import { checkModel } from '../../core/models/settings/index.ts';
import type { ModelSettings } from '../../core/models/settings/index.ts';
import { Pipeline } from '../../core/pipeline.ts';
import type { Sample } from '../../core/pipeline/sample.ts';
import type { Checkpoint } from '../../core/training/checkpoints/checkpoint.ts';
import type { CheckpointStore } from '../../core/training/checkpoints/store.ts';
import { BackendFailedError, DivergedError } from '../../core/training/errors.ts';
import type { TrainedEpochEvent } from '../../core/training/events.ts';
import type { Run } from '../../core/training/run.ts';
import type { Calls, RunResult, TrainEvent, TrainRequest } from '../../protocol/compute.ts';
import type { DataShelf } from './data-shelf.ts';
import type { Engine } from './engine.ts';
import type { ModelShelf } from './model-shelf.ts';
import { prepare } from './prepare.ts';
import { SessionError } from './session-error.ts';
import type { Steering } from './steering.ts';

/** What a checkpoint says of its run: enough to go on in another tab. */
interface About {
  readonly settings: ModelSettings;
  readonly trainOn: Sample;
  /** Grows while the run goes on. */
  readonly epochs: TrainedEpochEvent[];
}

/** What is trained, and from where on. */
interface Start extends About {
  readonly from?: Checkpoint;
}

interface Parts {
  readonly data: DataShelf;
  readonly engine: Engine;
  readonly models: ModelShelf;
  readonly store: CheckpointStore;
}

type Emit = (event: TrainEvent) => void;

/** Trains one model at a time, whatever happens to its tab or its GPU. */
export class Trainer {
  readonly #parts: Parts;
  #busy = false;
  #history = new WeightHistory();
  #lastGood: { readonly checkpoint: Checkpoint; readonly epochs: TrainedEpochEvent[] } | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Weights of the last run, at steps on its way. */
  get moments(): readonly Moment[] {
    return this.#history.moments;
  }

  /** Does what must not meet a run. @throws SessionError while one is under way */
  async alone<T>(job: () => Promise<T>): Promise<T> {
    if (this.#busy) {
      throw new SessionError('A run is under way. Stop it first, or wait for its end.');
    }
    this.#busy = true;
    try {
      return await job();
    } finally {
      this.#busy = false;
    }
  }

  /** Trains a new model. It stays for verdicts, also when the run is stopped or diverges. */
  train(request: TrainRequest, emit: Emit, steering: Steering): Promise<RunResult> {
    return this.alone(async () => {
      const { signal } = steering;
      try {
        const finished = await this.#train(request, emit, steering);
        return { outcome: finished ? 'finished' : 'stopped' };
      } catch (error) {
        if (signal.aborted && error === signal.reason) return { outcome: 'stopped' };
        throw error;
      }
    });
  }

  async savedRuns(): Promise<Calls['savedRuns']['result']> {
    const { store } = this.#parts;
    return { runs: await store.list(), room: await store.room() };
  }

  /** @throws SessionError while a run is under way: it may be one of them */
  removeRuns({ runs }: Calls['removeRuns']['request']): Promise<Calls['removeRuns']['result']> {
    return this.alone(async () => {
      await this.#parts.store.remove(runs);
      return this.savedRuns();
    });
  }

  /** @returns whether the run came to its end */
  async #train(request: TrainRequest, emit: Emit, steering: Steering): Promise<boolean> {
    const start = await this.#startOf(request);
    const { settings, trainOn, from, epochs } = start;
    const { data, engine, models } = this.#parts;
    const dataset = await data.load(trainOn, steering.signal, emit);
    const report = await engine.choose(request.backend);
    steering.signal.throwIfAborted();
    const pipeline = new Pipeline(dataset, settings, trainOn);
    models.place(pipeline, trainOn);
    if (!from) await prepare(pipeline, emit, steering.signal);
    this.#history = new WeightHistory();
    await this.#history.take(pipeline.model, from?.position.step ?? 0);
    const run = this.#runOf(pipeline, start, request.run, steering);
    emit({
      type: 'started',
      run: request.run,
      settings,
      trainOn,
      engine: report,
      layers: summarize(pipeline.model),
      trainReviews: pipeline.counts.train,
      validationReviews: pipeline.counts.validation,
      fromStep: from?.position.step ?? 0,
      epochs: [...epochs],
    });
    return this.#follow(run, pipeline.model, epochs, emit, steering);
  }

  async #startOf({ settings, trainOn, from }: TrainRequest): Promise<Start> {
    if (from?.kind === 'saved') return this.#saved(from.run);
    const checked = checkModel(settings);
    if (!from) return { settings: checked, trainOn, epochs: [] };
    if (!this.#lastGood) throw new SessionError('There is no good step to go on from.');
    const { checkpoint, epochs } = this.#lastGood;
    return { settings: checked, trainOn, epochs: [...epochs], from: checkpoint };
  }

  async #saved(run: string): Promise<Start> {
    const from = await this.#parts.store.load(run);
    if (!from) throw new SessionError(`The run ${JSON.stringify(run)} is no longer kept.`);
    const { settings, trainOn, epochs } = from.about as About;
    return { settings: checkModel(settings), trainOn, epochs: [...epochs], from };
  }

  #runOf(
    pipeline: Pipeline,
    { settings, trainOn, epochs, from }: Start,
    name: string,
    { control }: Steering,
  ): Run {
    const about: About = { settings, trainOn, epochs };
    const saving = { store: this.#parts.store, run: name };
    return pipeline.run({ control, about, saving, ...(from ? { from } : {}) });
  }

  /**
   * Takes a run to its end, on other backends if one fails.
   *
   * @returns whether the end was reached
   */
  async #follow(
    run: Run,
    model: tf.LayersModel,
    epochs: TrainedEpochEvent[],
    emit: Emit,
    steering: Steering,
  ): Promise<boolean> {
    let finished = false;
    steering.follow(run);
    try {
      for await (const event of run.start()) {
        if (event.type === 'batch') await this.#history.take(model, event.step);
        if (event.type === 'epoch') epochs.push(event);
        finished ||= event.type === 'end';
        emit(event);
      }
      return finished;
    } catch (error) {
      if (error instanceof DivergedError) this.#remember(error.checkpoint, epochs);
      if (!(error instanceof BackendFailedError)) throw error;
      const { checkpoint, cause, message } = error;
      const { epoch, step } = checkpoint.position;
      const next = await run.continueOn(async () => {
        const engine = await this.#parts.engine.replace(cause);
        emit({ type: 'engine', engine, fromStep: step, note: message });
      });
      epochs.splice(epoch);
      return this.#follow(next, model, epochs, emit, steering);
    }
  }

  #remember(checkpoint: Checkpoint | undefined, epochs: readonly TrainedEpochEvent[]): void {
    this.#lastGood = checkpoint && {
      checkpoint,
      epochs: epochs.slice(0, checkpoint.position.epoch),
    };
  }
}
