import type { RaceProgress } from '../../client/index.ts';
import { LiveElement } from '../live-element.ts';

/** Told by a race once a frame, and at its start: `detail` is the newest {@link RaceProgress}. */
export const RACE_EVENT = 'race-progress';

/** Something inside a `<training-race>` that shows more of the race than its curves. */
export abstract class RacePanel extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const race = this.closest('training-race');
    if (!race) throw new Error(`<${this.localName}> stands outside of a race.`);
    race.addEventListener(
      RACE_EVENT,
      (event) => this.show((event as CustomEvent<RaceProgress>).detail, signal),
      { signal },
    );
  }

  /** @param signal aborts when the panel leaves the page */
  protected abstract show(race: RaceProgress, signal: AbortSignal): void;
}
