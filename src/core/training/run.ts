import type * as tf from '@tensorflow/tfjs';
import { checkTrainingSettings } from './check-settings.ts';
import type { Checkpoint } from './checkpoints/checkpoint.ts';
import { CheckpointMismatchError } from './checkpoints/saved-tensor.ts';
import { DivergedError, RunStateError } from './errors.ts';
import type { RunEvent } from './events.ts';
import { TrainingLoop } from './loop.ts';
import { RunControl } from './run-control.ts';
import type { RunOptions } from './run-options.ts';
import { RunState } from './run-state.ts';
import type { TelemetryRequest } from './telemetry/telemetry.ts';

/** Models that a run is changing. */
const busy = new WeakSet<tf.LayersModel>();

/**
 * A training run. Iterate {@link Run.start} and it trains at the pace at which its events are taken;
 * steer it meanwhile by {@link Run.control}. Several may go on at once, each with a model of its own.
 */
export class Run {
  readonly control: RunControl;
  readonly #options: RunOptions;
  #telemetry: TelemetryRequest | undefined;
  #started = false;
  #live: { readonly state: RunState; readonly loop: TrainingLoop } | undefined;
  /** How it ended. */
  #last: Checkpoint | undefined;

  /**
   * @throws TrainingSettingsError naming a setting that can't be used
   * @throws RangeError when there is no review to train on, or none to validate on
   * @throws CheckpointMismatchError if the checkpoint stands where these batches don't reach
   */
  constructor(options: RunOptions) {
    const { settings, training, validation, from, control = new RunControl() } = options;
    checkTrainingSettings(settings, validation !== undefined);
    if (training.size === 0) throw new RangeError('There is no review to train on.');
    if (validation?.size === 0) throw new RangeError('There is no review to validate on.');
    if (from && from.position.batch > training.size) {
      throw new CheckpointMismatchError(
        `The checkpoint stands at batch ${from.position.batch} of an epoch, but an epoch has ${training.size}.`,
      );
    }
    this.#options = options;
    this.control = control;
    this.#last = from;
  }

  /**
   * Trains, once, to the end or until the control is stopped; then the run's tensors are gone, but for
   * the model's.
   *
   * @throws RunStateError if it has been started before, or another run has the model
   * @throws DivergedError with the flight record and the last good state
   * @throws BackendFailedError; {@link Run.continueOn} goes on from there
   */
  async *start(): AsyncGenerator<RunEvent, void, undefined> {
    const { model } = this.#options;
    if (this.#started) throw new RunStateError('The run has been started before. Fork it.');
    if (busy.has(model)) throw new RunStateError('Another run is training this model.');
    this.#started = true;
    busy.add(model);
    let state: RunState | undefined;
    try {
      state = new RunState(this.#options);
      const loop = new TrainingLoop(this.#options, this.control, state);
      loop.telemetry = this.#telemetry;
      this.#live = { state, loop };
      try {
        yield* loop.run();
      } finally {
        this.#last = loop.snapshot;
      }
    } catch (error) {
      if (error instanceof DivergedError) this.#last = error.checkpoint;
      throw error;
    } finally {
      this.#live = undefined;
      state?.dispose();
      busy.delete(model);
    }
  }

  /** Looks inside from the next step on, or stops looking. */
  observe(request: TelemetryRequest | undefined): void {
    if (request && !(Number.isSafeInteger(request.every) && request.every >= 1)) {
      throw new RangeError(`every must be a whole number of at least 1, not ${request.every}.`);
    }
    this.#telemetry = request;
    if (this.#live) this.#live.loop.telemetry = request;
  }

  /**
   * The run's state now; once it has ended, its last good one.
   *
   * @throws RunStateError if there is none yet, or none that is good
   */
  async checkpoint(): Promise<Checkpoint> {
    const checkpoint = (await this.#live?.state.capture()) ?? this.#last;
    if (!checkpoint) throw new RunStateError('The run has no state to go on from.');
    return checkpoint;
  }

  /**
   * Another run that goes on from a checkpoint of this one, with a control of its own. As long as this
   * one goes on it needs another model.
   */
  fork(from: Checkpoint, changes: Partial<RunOptions> = {}): Run {
    return new Run({ ...this.#options, control: new RunControl(), ...changes, from });
  }

  /**
   * Takes a run that has ended, because its backend failed, to another one: the same model gets the
   * last good weights there, and the optimizer its state. The control stays the same.
   *
   * @param switchBackend makes the other backend the current one: `fallBack` does
   */
  async continueOn(switchBackend: () => Promise<unknown>): Promise<Run> {
    const from = await this.checkpoint();
    await switchBackend();
    return this.fork(from, { control: this.control });
  }
}
