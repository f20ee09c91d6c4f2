import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../../dataset/batch/batcher.ts';
import type { RecurrentObserver } from '../../layers/observe.ts';
import { createRandom } from '../../random.ts';
import { mix } from '../numbers/mix.ts';
import { read } from '../numbers/read.ts';
import { Optimizer } from '../optimizers/optimizer.ts';
import type { TrainingSettings } from '../settings.ts';
import { backward } from './backward.ts';
import { clip } from './clipping.ts';
import type { Clipping } from './clipping.ts';
import { countKernels } from './count-kernels.ts';
import { penaltiesOf } from './model-variables.ts';
import type { Trainable } from './model-variables.ts';
import { dropWords } from './word-dropout.ts';

/** The half of a step that changes nothing. Hand it to {@link Stepper.update} or dispose of it. */
export interface Draft {
  /** With the penalties, as Keras reports it, before the update. */
  readonly loss: number;
  readonly accuracy: number;
  /** Clipped. */
  readonly gradients: readonly tf.Tensor[];
  readonly clipping: Clipping;
  /** Kernels that were started. */
  readonly kernels: number;
}

/** Steps with seeds of their own, and seeds for each: of dropout, and of words that are dropped. */
const [STEPS, SEEDS] = [2 ** 20, 2];

/** Takes steps with one model. */
export class Stepper {
  readonly optimizer: Optimizer;
  readonly #model: tf.LayersModel;
  readonly #trainables: readonly Trainable[];
  readonly #settings: TrainingSettings;
  readonly #penalties: readonly number[];
  readonly #seedBase: number;

  constructor(model: tf.LayersModel, trainables: readonly Trainable[], settings: TrainingSettings) {
    this.#model = model;
    this.#trainables = trainables;
    this.#settings = settings;
    this.#penalties = penaltiesOf(trainables, settings);
    this.#seedBase = createRandom(settings.seed).int(2 ** 31) * STEPS * SEEDS;
    this.optimizer = new Optimizer(
      settings.optimizer,
      trainables.map(({ variable }) => variable),
    );
  }

  /**
   * Loss and clipped gradients of a batch.
   *
   * @param step steps before this one: with the seed it decides what dropout drops
   */
  async draft(batch: Batch, step: number, observer?: RecurrentObserver): Promise<Draft> {
    const { labelSmoothing, clipping, wordDropout } = this.#settings;
    const dropoutSeed = this.#seedBase + (step % STEPS) * SEEDS;
    const input = wordDropout ? dropWords(batch, wordDropout, dropoutSeed + 1) : batch;
    const { result, kernels } = countKernels(() =>
      backward(this.#model, this.#trainables, input, { labelSmoothing, dropoutSeed, observer }),
    );
    const { loss, accuracy, gradients } = result;
    try {
      const penalty = await this.#addPenalties(gradients);
      const { values, squares } = await read([loss, accuracy], gradients);
      const norms = squares.map(Math.sqrt);
      const usable = norms.every(Number.isFinite);
      const kept = { before: norms, after: norms, clipped: false, angle: 0 };
      return {
        loss: values[0]! + penalty,
        accuracy: values[1]!,
        gradients,
        clipping: usable ? await clip(gradients, norms, clipping) : kept,
        kernels,
      };
    } catch (error) {
      tf.dispose(gradients);
      throw error;
    } finally {
      tf.dispose([loss, accuracy]);
    }
  }

  /** Changes the weights. The gradients are disposed of. */
  update({ gradients }: Draft, learningRate: number): void {
    this.optimizer.apply(gradients, learningRate);
    tf.dispose([...gradients]);
  }

  /** All penalties on the weights as they are now: λ · Σ w², and those of the layers' own. */
  async penalty(): Promise<number> {
    const own = tf.tidy(() => tf.addN([tf.scalar(0), ...this.#model.calculateLosses()]));
    try {
      const [value] = await own.data();
      return value! + (await this.#l2());
    } finally {
      own.dispose();
    }
  }

  dispose(): void {
    this.optimizer.dispose();
  }

  /** Adds 2 λ w to the gradients, in the array. Gives the penalty itself. */
  async #addPenalties(gradients: tf.Tensor[]): Promise<number> {
    this.#penalties.forEach((lambda, i) => {
      if (lambda === 0) return;
      const raw = gradients[i]!;
      gradients[i] = mix(1, raw, 2 * lambda, this.#trainables[i]!.variable);
      raw.dispose();
    });
    return this.#l2();
  }

  async #l2(): Promise<number> {
    const lambdas = this.#penalties.filter((lambda) => lambda > 0);
    if (lambdas.length === 0) return 0;
    const held = this.#trainables.filter((_, i) => this.#penalties[i]! > 0);
    const { squares } = await read(
      [],
      held.map(({ variable }) => variable),
    );
    return squares.reduce((sum, square, i) => sum + lambdas[i]! * square, 0);
  }
}
