import type { EarlyStoppingSettings } from '../settings.ts';
import { figureOf, improves } from './monitor.ts';
import type { EpochFigures } from './monitor.ts';

export interface EarlyStoppingState {
  readonly best?: number;
  readonly bestEpoch?: number;
  /** Epochs since the last improvement. */
  readonly wait: number;
}

/** Keras's EarlyStopping. */
export class EarlyStopping {
  readonly #settings: EarlyStoppingSettings;
  #state: EarlyStoppingState;

  constructor(settings: EarlyStoppingSettings, state: EarlyStoppingState = { wait: 0 }) {
    this.#settings = settings;
    this.#state = state;
  }

  get state(): EarlyStoppingState {
    return this.#state;
  }

  /** Takes in the figures of an epoch, and says whether it was the best so far. */
  onEpoch(epoch: number, figures: EpochFigures): boolean {
    const { monitor, minDelta } = this.#settings;
    const figure = figureOf(monitor, figures);
    const improved = improves(monitor, figure, this.#state.best, minDelta);
    this.#state = improved
      ? { best: figure, bestEpoch: epoch, wait: 0 }
      : { ...this.#state, wait: this.#state.wait + 1 };
    return improved;
  }

  /** Whether a run ends after so many epochs. The first alone never ends one, as in Keras. */
  endsAfter(epochs: number): boolean {
    const { wait } = this.#state;
    return epochs > 1 && wait > 0 && wait >= this.#settings.patience;
  }
}
