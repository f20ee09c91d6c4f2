import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { HeatMapData } from '../../plots/heat-map/types.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';
import { describeStates } from './wash-out-text.ts';

/** Draws the states of each model of a race, whenever there are new ones. */
class WashOut extends RacePanel {
  readonly #plots = new Map<string, Plot<HeatMapData>>();
  /** Steps at which what is shown was seen. */
  readonly #shown = new Map<string, number>();

  protected show(race: RaceProgress, signal: AbortSignal): void {
    for (const model of race.models) {
      const seen = model.history.findLast(({ telemetry }) => telemetry !== undefined)?.step;
      if (seen === undefined || this.#shown.get(model.name) === seen) continue;
      this.#shown.set(model.name, seen);
      void this.#draw(model, signal);
    }
  }

  async #draw({ name, telemetry, starter }: RacerProgress, signal: AbortSignal): Promise<void> {
    const layer = telemetry?.activations?.[0];
    const tokens = starter?.watched;
    if (!layer || !tokens) return;
    const [, steps = 0, units = 0] = layer.shape;
    const states = { values: layer.h, steps, units };
    const pad = tokens.map(({ id }) => id === 0);
    const place = this.querySelector(`[data-model="${name}"]`)!;
    place.querySelector('[data-said]')!.textContent = describeStates(states, pad);
    // Padding keeps its colours here: how the state changes over it is what is shown.
    const data = { ...states, words: tokens.map(({ id, word }) => (id === 0 ? 'PAD' : word)) };
    const plot = this.#plots.get(name);
    if (plot) {
      plot.update(data);
      return;
    }
    const { heatMap } = await import('../../plots/heat-map.ts');
    if (signal.aborted || this.#plots.has(name)) return;
    const made = heatMap(data, { title: `Hidden states of ${name}`, most: 1, table: false });
    this.#plots.set(name, made);
    place.querySelector('.place')!.replaceChildren(made.element);
    signal.addEventListener('abort', () => made.destroy());
  }
}

define('wash-out', WashOut);
