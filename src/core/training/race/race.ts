import { RunControl } from '../run-control.ts';
import type { TelemetryRequest } from '../telemetry/telemetry.ts';
import type { RaceEvent } from './events.ts';
import { Lane } from './lane.ts';
import type { Racer } from './lane.ts';

export interface RaceOptions {
  /** Steps of each model. */
  readonly steps: number;
  /** Steps in the moving mean of loss and accuracy. */
  readonly window: number;
  /** Steps from one validation to the next; 0: none but the one after the last step. */
  readonly validateEvery: number;
  /** Pause, resume, step and stop; default a new one. */
  readonly control?: RunControl;
}

/**
 * Trains several models side by side: a step of each in turn, so that their curves grow together. Give
 * their runs the same batches and seed. Iterate {@link Race.start} and it goes on at the pace at which
 * its events are taken. A model that diverges is out; the others go on.
 */
export class Race {
  readonly control: RunControl;
  readonly #racers: readonly Racer[];
  readonly #options: RaceOptions;
  #telemetry: TelemetryRequest | undefined;
  #lanes: readonly Lane[] = [];

  constructor(racers: readonly Racer[], options: RaceOptions) {
    this.#racers = racers;
    this.#options = options;
    this.control = options.control ?? new RunControl();
  }

  /** Looks inside every model from its next step on, or stops looking. */
  observe(telemetry: TelemetryRequest | undefined): void {
    this.#telemetry = telemetry;
    for (const lane of this.#lanes) lane.observe(telemetry);
  }

  /**
   * Trains, once, until each model has taken its steps or the control is stopped.
   *
   * @throws BackendFailedError, for all of them
   */
  async *start(): AsyncGenerator<RaceEvent, void, undefined> {
    const { steps, window } = this.#options;
    this.#lanes = this.#racers.map((racer) => new Lane(racer, window));
    this.observe(this.#telemetry);
    try {
      for (let step = 1; step <= steps; step++) {
        // One round is a step of each: pause and stop come between two rounds, a stop within one too.
        if (!(await this.control.mayGoOn())) return;
        yield* this.#round(step);
      }
      for (const lane of this.#racing) yield lane.finish();
    } finally {
      for (const lane of this.#lanes) await lane.close();
    }
  }

  get #racing(): readonly Lane[] {
    return this.#lanes.filter(({ over }) => !over);
  }

  async *#round(step: number): AsyncGenerator<RaceEvent, void, undefined> {
    const { steps } = this.#options;
    for (const lane of this.#racing) {
      if (this.control.state === 'stopped') return;
      yield await lane.step(steps);
    }
    if (!this.#validatesAfter(step)) return;
    for (const lane of this.#racing) {
      if (this.control.state === 'stopped') return;
      const event = await lane.validate();
      if (event) yield event;
    }
  }

  #validatesAfter(step: number): boolean {
    const { steps, validateEvery } = this.#options;
    return step === steps || (validateEvery > 0 && step % validateEvery === 0);
  }
}
