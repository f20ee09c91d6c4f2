import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../dataset/batch/batcher.ts';
import type { Checkpoint } from '../checkpoints/checkpoint.ts';
import { DivergedError } from '../errors.ts';
import type { RunState } from '../run-state.ts';
import { globalNorm } from '../step/clipping.ts';
import type { Draft } from '../step/stepper.ts';
import { FlightRecorder } from './flight-recorder.ts';
import { Snapshots } from './snapshots.ts';
import { findTrouble } from './trouble.ts';

/** Records every step before it changes the weights, and stops a run that is past saving. */
export class Guard {
  readonly snapshots: Snapshots;
  readonly #state: RunState;
  readonly #recorder: FlightRecorder;

  /** @param every steps from one snapshot to the next */
  constructor(state: RunState, every: number) {
    this.#state = state;
    this.snapshots = new Snapshots(every);
    this.#recorder = new FlightRecorder(state.trainables.map(({ name }) => name));
  }

  /**
   * Looks at a step that is not taken yet.
   *
   * @throws DivergedError if it must not be; its gradients are disposed of
   */
  async examine(draft: Draft, { rows }: Batch): Promise<void> {
    const { loss, accuracy, clipping } = draft;
    const { learningRate, position } = this.#state;
    this.#recorder.add({
      step: position.step + 1,
      epoch: position.epoch,
      batch: position.batch,
      loss,
      accuracy,
      learningRate,
      gradientNorms: clipping.before,
      clippedNorm: globalNorm(clipping.after),
      clipped: clipping.clipped,
      rows,
    });
    const { record } = this.#recorder;
    const trouble = findTrouble(record);
    if (!trouble) return;
    tf.dispose([...draft.gradients]);
    const [weight] = trouble.kind === 'loss' ? await this.#state.badWeights() : [];
    const variable = weight ?? trouble.variable;
    throw new DivergedError({ ...trouble, variable }, record, await this.#lastGood(trouble.step));
  }

  async #lastGood(step: number): Promise<Checkpoint | undefined> {
    // Gradients that are no numbers have not reached the weights.
    if (step === this.#state.position.step + 1) this.snapshots.add(await this.#state.capture());
    return this.snapshots.before(step);
  }
}
