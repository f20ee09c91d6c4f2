import type * as tf from '@tensorflow/tfjs';
import { EarlyStopping } from './callbacks/early-stopping.ts';
import type { EpochFigures } from './callbacks/monitor.ts';
import { ReduceOnPlateau } from './callbacks/reduce-on-plateau.ts';
import { WeightAverage } from './callbacks/weight-average.ts';
import type { Checkpoint, Position } from './checkpoints/checkpoint.ts';
import { restoreTensors, saveTensors } from './checkpoints/saved-tensor.ts';
import type { SavedTensor } from './checkpoints/saved-tensor.ts';
import { MeanMetrics } from './evaluation/mean-metrics.ts';
import type { RunOptions } from './run-options.ts';
import { learningRateAt } from './schedules/learning-rate.ts';
import { trainablesOf, weightsOf } from './step/model-variables.ts';
import type { Trainable } from './step/model-variables.ts';
import { Stepper } from './step/stepper.ts';
import type { Draft } from './step/stepper.ts';

/** All that changes while a run goes on, and how it is saved and taken up again. */
export class RunState {
  readonly trainables: readonly Trainable[];
  readonly stepper: Stepper;
  readonly average: WeightAverage | undefined;
  /** Batches in the whole run. */
  readonly steps: number;
  readonly #options: RunOptions;
  readonly #weights: { variables: tf.Variable[]; names: string[] };
  readonly #earlyStopping: EarlyStopping | undefined;
  readonly #reduceOnPlateau: ReduceOnPlateau | undefined;
  #position: Position;
  #sums: MeanMetrics;
  #clippedSteps: number;
  #best: readonly SavedTensor[] | undefined;

  /** @throws CheckpointMismatchError if the checkpoint is of another model */
  constructor(options: RunOptions) {
    const { model, settings, training, from } = options;
    this.#options = options;
    this.#weights = weightsOf(model);
    if (from) restoreTensors(this.#weights.variables, from.weights);
    this.trainables = trainablesOf(model);
    this.stepper = new Stepper(model, this.trainables, settings);
    if (from) this.stepper.optimizer.restore(from.optimizer);
    const { earlyStopping, reduceOnPlateau, weightAveraging } = settings;
    if (weightAveraging !== undefined) {
      this.average = new WeightAverage(weightAveraging, this.trainables);
      if (from?.average) this.average.restore(from.average);
    }
    this.#earlyStopping = earlyStopping && new EarlyStopping(earlyStopping, from?.earlyStopping);
    this.#reduceOnPlateau =
      reduceOnPlateau && new ReduceOnPlateau(reduceOnPlateau, from?.reduceOnPlateau);
    this.#position = from?.position ?? { epoch: 0, batch: 0, step: 0 };
    this.#sums = new MeanMetrics(from?.sums);
    this.#clippedSteps = from?.clippedSteps ?? 0;
    this.#best = from?.best;
    this.steps = settings.epochs * training.size;
  }

  get position(): Position {
    return this.#position;
  }

  /** Mean of the epoch so far. */
  get training(): MeanMetrics {
    return this.#sums;
  }

  /** Of all steps so far. */
  get clippedShare(): number {
    return this.#clippedSteps / Math.max(1, this.#position.step);
  }

  /** Of the next step. */
  get learningRate(): number {
    return this.#scheduled(this.#position.step) * (this.#reduceOnPlateau?.state.factor ?? 1);
  }

  /** Why the run ends here; undefined if it goes on. */
  get ending(): 'epochs' | 'patience' | undefined {
    const { epoch } = this.#position;
    if (epoch >= this.#options.settings.epochs) return 'epochs';
    return this.#earlyStopping?.endsAfter(epoch) ? 'patience' : undefined;
  }

  /** Takes the second half of a step: from here to the next batch in one go. */
  update(draft: Draft, reviews: number): void {
    this.stepper.update(draft, this.learningRate);
    this.average?.update();
    this.#sums.add(draft, reviews);
    if (draft.clipping.clipped) this.#clippedSteps++;
    const { epoch, batch, step } = this.#position;
    this.#position = { epoch, batch: batch + 1, step: step + 1 };
  }

  /** Ends an epoch. Says whether it was the best so far; undefined if nobody watches. */
  async endEpoch(figures: EpochFigures): Promise<boolean | undefined> {
    const { epoch, step } = this.#position;
    const best = this.#earlyStopping?.onEpoch(epoch, figures);
    this.#reduceOnPlateau?.onEpoch(this.#scheduled(Math.max(0, step - 1)), figures);
    this.#position = { epoch: epoch + 1, batch: 0, step };
    this.#sums = new MeanMetrics();
    if (best && this.#options.settings.earlyStopping?.restoreBestWeights) {
      this.#best = await this.withAverage(() => this.#saveWeights());
    }
    return best;
  }

  /** Runs something while the model has the weights that are validated. */
  withAverage<T>(run: () => T): T {
    return this.average ? this.average.during(run) : run();
  }

  /** Gives the model the weights that it is to end with. @returns the epoch they were restored from */
  settle(): number | undefined {
    if (this.#best) {
      restoreTensors(this.#weights.variables, this.#best);
      return this.#earlyStopping!.state.bestEpoch;
    }
    this.average?.settle();
    return undefined;
  }

  /** The state as it is now, even if the run goes on before the promise resolves. */
  async capture(): Promise<Checkpoint> {
    const { settings, about } = this.#options;
    const now = {
      settings,
      position: this.#position,
      sums: this.#sums.sums,
      clippedSteps: this.#clippedSteps,
      ...(this.#earlyStopping ? { earlyStopping: this.#earlyStopping.state } : {}),
      ...(this.#reduceOnPlateau ? { reduceOnPlateau: this.#reduceOnPlateau.state } : {}),
      ...(this.#best ? { best: this.#best } : {}),
      ...(about === undefined ? {} : { about }),
    };
    const [weights, optimizer, average] = await Promise.all([
      this.#saveWeights(),
      this.stepper.optimizer.save(),
      this.average?.save(),
    ]);
    return { ...now, weights, optimizer, ...(average ? { average } : {}) };
  }

  /** Names of the weights that are no longer numbers, from the input to the output. */
  async badWeights(): Promise<string[]> {
    const weights = await this.#saveWeights();
    return weights.filter(({ values }) => !values.every(Number.isFinite)).map(({ name }) => name);
  }

  dispose(): void {
    this.stepper.dispose();
    this.average?.dispose();
  }

  #scheduled(step: number): number {
    return learningRateAt(this.#options.settings, step, this.steps);
  }

  #saveWeights(): Promise<SavedTensor[]> {
    return saveTensors(this.#weights.variables, this.#weights.names);
  }
}
