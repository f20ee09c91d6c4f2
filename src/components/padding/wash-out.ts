import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { HeatMapData } from '../../plots/heat-map/types.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';
import { describeStates } from './wash-out-text.ts';

const RESTING = 'A colour for each unit at each step of the row, once the race has begun.';

/** Draws the states of each model of a race, whenever there are new ones. */
class WashOut extends RacePanel {
  readonly #plots = new Map<string, Plot<HeatMapData>>();
  readonly #newest = new Map<string, HeatMapData>();
  /** Steps at which what is shown was seen. */
  readonly #shown = new Map<string, number>();

  protected override rest(signal: AbortSignal): void {
    for (const { name, settings } of this.figure.models) {
      if (this.#newest.has(name)) continue;
      const [layer] = settings.network?.layers ?? [];
      const [steps, units] = [settings.text?.maxlen ?? 0, layer?.units ?? 0];
      void this.#update(name, { values: [], steps, units }, signal);
    }
  }

  protected show(race: RaceProgress, signal: AbortSignal): void {
    for (const model of race.models) {
      const seen = model.history.findLast(({ telemetry }) => telemetry !== undefined)?.step;
      if (seen === undefined || this.#shown.get(model.name) === seen) continue;
      this.#shown.set(model.name, seen);
      this.#draw(model, signal);
    }
  }

  #draw({ name, telemetry, starter }: RacerProgress, signal: AbortSignal): void {
    const layer = telemetry?.activations?.[0];
    const tokens = starter?.watched;
    if (!layer || !tokens) return;
    const [, steps = 0, units = 0] = layer.shape;
    const states = { values: layer.h, steps, units };
    const pad = tokens.map(({ id }) => id === 0);
    this.#placeOf(name).querySelector('[data-said]')!.textContent = describeStates(states, pad);
    // Padding keeps its colours here: how the state changes over it is what is shown.
    const data = { ...states, words: tokens.map(({ id, word }) => (id === 0 ? 'PAD' : word)) };
    void this.#update(name, data, signal);
  }

  async #update(name: string, data: HeatMapData, signal: AbortSignal): Promise<void> {
    this.#newest.set(name, data);
    const { heatMap } = await import('../../plots/heat-map.ts');
    const newest = this.#newest.get(name)!;
    if (signal.aborted) return;
    const plot = this.#plots.get(name);
    if (plot) return plot.update(newest);
    const made = heatMap(newest, { title: `Hidden states of ${name}`, most: 1, resting: RESTING });
    this.#plots.set(name, made);
    this.#placeOf(name).querySelector('.place')!.replaceChildren(made.element);
    signal.addEventListener('abort', () => {
      made.destroy();
      this.#plots.delete(name);
    });
  }

  #placeOf(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-model="${name}"]`)!;
  }
}

define('wash-out', WashOut);
