import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../dataset/batch/batcher.ts';
import { backendFailure } from '../kernels/failure.ts';
import type { Checkpoint } from './checkpoints/checkpoint.ts';
import { Saver } from './checkpoints/saver.ts';
import { BackendFailedError } from './errors.ts';
import { evaluate } from './evaluation/evaluate.ts';
import type { Evaluation } from './evaluation/evaluate.ts';
import type { BatchEvent, RunEvent, TrainedEpochEvent } from './events.ts';
import { Pace } from './pace.ts';
import { Guard } from './recorder/guard.ts';
import type { RunControl } from './run-control.ts';
import type { RunOptions } from './run-options.ts';
import type { RunState } from './run-state.ts';
import { globalNorm } from './step/clipping.ts';
import { TelemetrySample } from './telemetry/sampler.ts';
import type { TelemetryRequest } from './telemetry/telemetry.ts';
import { yieldToEvents } from '../yield-to-events.ts';

const SNAPSHOT_EVERY = 50;

/** Trains from where the state stands to the end, and tells what happens. */
export class TrainingLoop {
  /** May be changed between batches. */
  telemetry: TelemetryRequest | undefined;
  readonly #options: RunOptions;
  readonly #control: RunControl;
  readonly #state: RunState;
  readonly #guard: Guard;
  readonly #saver: Saver | undefined;
  readonly #pace = new Pace();

  constructor(options: RunOptions, control: RunControl, state: RunState) {
    this.#options = options;
    this.#control = control;
    this.#state = state;
    this.#guard = new Guard(state, options.snapshotEvery ?? SNAPSHOT_EVERY);
    this.#saver = options.saving && new Saver(options.saving, state.position.step);
  }

  /** The last copy of the state in the CPU's memory: of the very end, once that is reached. */
  get snapshot(): Checkpoint | undefined {
    return this.#guard.snapshots.latest;
  }

  /** @throws DivergedError, BackendFailedError */
  async *run(): AsyncGenerator<RunEvent, void, undefined> {
    try {
      this.#guard.snapshots.add(this.#options.from ?? (await this.#state.capture()));
      yield* this.#trainEpochs();
    } catch (error) {
      const failure = await backendFailure(error);
      throw failure && this.snapshot ? new BackendFailedError(failure, this.snapshot) : error;
    }
  }

  async *#trainEpochs(): AsyncGenerator<RunEvent, void, undefined> {
    const state = this.#state;
    while (!state.ending) {
      yield* this.#trainEpoch();
      const event = await this.#endEpoch();
      if (!event) break;
      // Told first: whoever notes it down has it in the checkpoint.
      yield event;
      await this.#save();
      yield* this.#news();
    }
    // Stopped, or at the end: the last checkpoint is waited for.
    await this.#save();
    await this.#saver?.settled();
    yield* this.#news();
    const { ending } = state;
    if (!ending) return;
    const restoredEpoch = state.settle();
    const { step } = state.position;
    yield {
      type: 'end',
      step,
      reason: ending,
      ...(restoredEpoch === undefined ? {} : { restoredEpoch }),
    };
  }

  async *#trainEpoch(): AsyncGenerator<RunEvent, void, undefined> {
    const { epoch, batch } = this.#state.position;
    for (const next of this.#options.training.epoch(epoch, batch)) {
      await yieldToEvents();
      if (!(await this.#control.mayGoOn())) return;
      const event = await this.#step(next);
      await this.#keep();
      yield* this.#news();
      yield event;
    }
  }

  async #step(batch: Batch): Promise<BatchEvent> {
    const state = this.#state;
    const started = performance.now();
    const { epoch, step } = state.position;
    const { learningRate } = state;
    const sample = this.#sample(step);
    try {
      const draft = await state.stepper.draft(batch, step, sample?.observer);
      await this.#guard.examine(draft, batch);
      sample?.beforeUpdate();
      state.update(draft, batch.labels.length);
      const telemetry = await sample?.collect(draft.clipping, state.clippedShare);
      this.#pace.addBatch(batch, (performance.now() - started) / 1000);
      const { numTensors, numBytes } = tf.memory();
      return {
        type: 'batch',
        epoch,
        step: step + 1,
        steps: state.steps,
        batch: { loss: draft.loss, accuracy: draft.accuracy },
        learningRate,
        gradientNorm: globalNorm(draft.clipping.before),
        clippedNorm: globalNorm(draft.clipping.after),
        ...this.#pace.speed(state.steps - step - 1, this.#options.settings.epochs - epoch),
        backend: tf.getBackend(),
        kernels: draft.kernels,
        memory: { tensors: numTensors, bytes: numBytes },
        ...(telemetry ? { telemetry } : {}),
      };
    } finally {
      await sample?.dispose();
    }
  }

  #sample(step: number): TelemetrySample | undefined {
    const { telemetry } = this;
    if (!telemetry || step % telemetry.every !== 0) return undefined;
    return new TelemetrySample(telemetry, this.#options.model, this.#state.trainables);
  }

  /** Validates, and lets the callbacks draw their conclusions. @returns undefined if stopped before */
  async #endEpoch(): Promise<TrainedEpochEvent | undefined> {
    if (this.#control.state === 'stopped') return undefined;
    const state = this.#state;
    const { epoch, step } = state.position;
    const { learningRate } = state;
    const started = performance.now();
    const validation = await this.#validate();
    if (this.#options.validation && !validation) return undefined;
    this.#pace.endEpoch((performance.now() - started) / 1000);
    const training = state.training.mean();
    const figures = { training, ...(validation ? { validation } : {}) };
    const best = await state.endEpoch(figures);
    return {
      type: 'epoch',
      epoch,
      step,
      ...figures,
      learningRate,
      ...(best === undefined ? {} : { best }),
    };
  }

  async #validate(): Promise<Evaluation | undefined> {
    const { model, validation } = this.#options;
    if (!validation) return undefined;
    const evaluation = await evaluate(model, validation.epoch(0), {
      mayGoOn: () => this.#control.mayValidate(),
      around: (run) => this.#state.withAverage(run),
    });
    if (!evaluation) return undefined;
    return { ...evaluation, loss: evaluation.loss + (await this.#state.stepper.penalty()) };
  }

  /** Copies the state to the CPU's memory, and to the store, if it is time. */
  async #keep(): Promise<void> {
    const { step } = this.#state.position;
    const { snapshots } = this.#guard;
    const toSave = this.#saver?.isDue(step);
    const toKeep = snapshots.isDue(step);
    if (!toSave && !toKeep) return;
    const checkpoint = await this.#state.capture();
    if (toKeep) snapshots.add(checkpoint);
    if (toSave) this.#saver!.save(checkpoint);
  }

  async #save(): Promise<void> {
    const checkpoint = await this.#state.capture();
    this.#guard.snapshots.add(checkpoint);
    if (!this.#saver) return;
    await this.#saver.settled();
    this.#saver.save(checkpoint);
  }

  *#news(): Generator<RunEvent, void, undefined> {
    if (this.#saver) yield* this.#saver.news();
  }
}
