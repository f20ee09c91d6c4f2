import type { PlateauSettings } from '../settings.ts';
import { figureOf, improves } from './monitor.ts';
import type { EpochFigures } from './monitor.ts';

export interface PlateauState {
  readonly best?: number;
  readonly wait: number;
  readonly cooldown: number;
  /** What the schedule's learning rate is multiplied by. */
  readonly factor: number;
}

/** Keras's ReduceLROnPlateau, on top of whatever schedule there is. */
export class ReduceOnPlateau {
  readonly #settings: PlateauSettings;
  #state: PlateauState;

  constructor(
    settings: PlateauSettings,
    state: PlateauState = { wait: 0, cooldown: 0, factor: 1 },
  ) {
    this.#settings = settings;
    this.#state = state;
  }

  get state(): PlateauState {
    return this.#state;
  }

  /** @param learningRate of the schedule, without the factor */
  onEpoch(learningRate: number, figures: EpochFigures): void {
    const { monitor, patience, minDelta, cooldown: pause } = this.#settings;
    let { best, wait, cooldown, factor } = this.#state;
    const figure = figureOf(monitor, figures);
    if (cooldown > 0) {
      cooldown--;
      wait = 0;
    }
    if (improves(monitor, figure, best, minDelta)) {
      best = figure;
      wait = 0;
    } else if (cooldown === 0) {
      wait++;
      if (wait >= patience) {
        factor = this.#reduced(learningRate, factor);
        cooldown = pause;
        wait = 0;
      }
    }
    this.#state = { ...(best === undefined ? {} : { best }), wait, cooldown, factor };
  }

  #reduced(learningRate: number, factor: number): number {
    const { factor: by, minLearningRate } = this.#settings;
    if (learningRate * factor <= minLearningRate) return factor;
    return Math.max(factor * by, minLearningRate / learningRate);
  }
}
