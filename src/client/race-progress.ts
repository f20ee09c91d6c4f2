import type {
  RaceEvent,
  RaceFailedEvent,
  RaceStepEvent,
  RaceValidationEvent,
} from '../core/training/race/events.ts';
import type { Telemetry } from '../core/training/telemetry/telemetry.ts';
import type { Calls, RaceStarted, RaceStarter } from '../protocol/compute.ts';

/** How one model of a race stands. */
export class RacerProgress {
  readonly name: string;
  readonly state: 'waiting' | 'training' | 'done' | 'failed' = 'waiting';
  /** What it is made of; undefined until the race has begun. */
  readonly starter: RaceStarter | undefined = undefined;
  /** Every step so far. */
  readonly history: readonly RaceStepEvent[] = [];
  readonly validations: readonly RaceValidationEvent[] = [];
  /** How it diverged. */
  readonly failure: RaceFailedEvent | undefined = undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Steps taken. */
  get step(): number {
    return this.history.length;
  }

  get last(): RaceStepEvent | undefined {
    return this.history.at(-1);
  }

  /** Mean loss of its last steps, in nats. */
  get loss(): number | undefined {
    return this.last?.recent.loss;
  }

  /** Mean accuracy of its last steps, 0 to 1. */
  get accuracy(): number | undefined {
    return this.last?.recent.accuracy;
  }

  /** On held-out reviews, the last time that it was asked. */
  get validation(): RaceValidationEvent | undefined {
    return this.validations.at(-1);
  }

  /** The newest look inside. */
  get telemetry(): Telemetry | undefined {
    return this.history.findLast((event) => event.telemetry !== undefined)?.telemetry;
  }

  get parameters(): number {
    return (this.starter?.layers ?? []).reduce((sum, layer) => sum + layer.parameters, 0);
  }

  /** As it stands after an event, around the same growing lists. */
  after(event: RaceEvent): RacerProgress {
    switch (event.type) {
      case 'step':
        (this.history as RaceStepEvent[]).push(event);
        return this.with({ state: 'training' });
      case 'validation':
        (this.validations as RaceValidationEvent[]).push(event);
        return this.with({});
      case 'failed':
        return this.with({ state: 'failed', failure: event });
      case 'done':
        return this.with({ state: 'done' });
    }
  }

  with(change: Partial<Pick<RacerProgress, 'state' | 'starter' | 'failure'>>): RacerProgress {
    return Object.assign(new RacerProgress(this.name), this, change);
  }
}

/** How a race stands. Each event makes a new one, around the same growing lists. */
export class RaceProgress {
  readonly state: 'loading' | 'racing' | 'finished' | 'stopped' = 'loading';
  readonly started: RaceStarted | undefined = undefined;
  readonly models: readonly RacerProgress[];

  constructor(names: readonly string[]) {
    this.models = names.map((name) => new RacerProgress(name));
  }

  /** Steps of each model. */
  get steps(): number {
    return this.started?.steps ?? 0;
  }

  /** Steps that every model has taken, but for those that have failed. */
  get step(): number {
    const going = this.models.filter(({ state }) => state !== 'failed');
    const counted = going.length > 0 ? going : this.models;
    return Math.min(...counted.map(({ step }) => step));
  }

  /** @throws RangeError if there is no such model */
  model(name: string): RacerProgress {
    const found = this.models.find((model) => model.name === name);
    if (!found) throw new RangeError(`The race has no model called ${JSON.stringify(name)}.`);
    return found;
  }

  after(event: Calls['race']['event']): RaceProgress {
    if (event.type === 'data') return this;
    if (event.type === 'started') {
      const models = this.models.map((model) =>
        model.with({ starter: event.models.find(({ name }) => name === model.name) }),
      );
      return this.with({ state: 'racing', started: event, models });
    }
    const models = this.models.map((model) =>
      model.name === event.model ? model.after(event) : model,
    );
    return this.with({ models });
  }

  with(change: Partial<Pick<RaceProgress, 'state' | 'started' | 'models'>>): RaceProgress {
    return Object.assign(new RaceProgress([]), this, change);
  }
}
