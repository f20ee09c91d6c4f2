import type { RaceProgress } from '../../client/index.ts';
import { LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import type { RaceFigure } from './race-figure.ts';

/** Told by a race once a frame, and at its start: `detail` is the newest {@link RaceProgress}. */
export const RACE_EVENT = 'race-progress';

/** Something inside a `<training-race>` that shows more of the race than its curves. */
export abstract class RacePanel extends LiveElement {
  /** The race as the page has it. */
  protected figure!: RaceFigure;

  protected connect(signal: AbortSignal): void {
    const race = this.closest('training-race');
    if (!race) throw new Error(`<${this.localName}> stands outside of a race.`);
    const json = race.querySelector('[data-part="race-figure"]')!.textContent;
    this.figure = JSON.parse(json) as RaceFigure;
    race.addEventListener(
      RACE_EVENT,
      (event) => this.show((event as CustomEvent<RaceProgress>).detail, signal),
      { signal },
    );
    whenNear(this, () => this.rest?.(signal), signal);
  }

  /** Shows what there is before a race: called once, when the panel comes near the reader's screen. */
  protected rest?(signal: AbortSignal): void;

  /** Colour of a model. */
  protected colorOf(name: string): string | undefined {
    return this.figure.models.find((model) => model.name === name)?.color;
  }

  /** @param signal aborts when the panel leaves the page */
  protected abstract show(race: RaceProgress, signal: AbortSignal): void;
}
