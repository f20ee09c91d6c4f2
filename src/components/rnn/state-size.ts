import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { LineData, LineSeries } from '../../plots/line.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';
import { largestUnits } from './largest-units.ts';

const GUIDES = [{ value: 1, label: 'where tanh ends' }];

/** How large the state of each model of a race becomes while it reads the watched text. */
class StateSize extends RacePanel {
  #plot: Promise<Plot<LineData>> | undefined;
  #newest: RaceProgress | undefined;

  protected override rest(signal: AbortSignal): void {
    void (this.#plot ??= this.#make(signal));
  }

  protected async show(race: RaceProgress, signal: AbortSignal): Promise<void> {
    this.#newest = race;
    const plot = await (this.#plot ??= this.#make(signal));
    if (this.#newest !== race || signal.aborted) return;
    plot.update({
      series: race.models.flatMap((model) => this.#line(model) ?? []),
      guides: GUIDES,
    });
  }

  async #make(signal: AbortSignal): Promise<Plot<LineData>> {
    const { linePlot } = await import('../../plots/line.ts');
    const plot = linePlot(
      {
        series: this.figure.models.map(({ name, color }) => ({ name, color, points: [] })),
        xMax: this.figure.models[0]?.settings.text?.maxlen,
        guides: GUIDES,
      },
      {
        title: 'Largest unit of the state after each word of a review',
        resting: 'A review, read now and again during the training: how large the state becomes.',
        x: { label: 'word' },
        y: { include: [0, 1] },
      },
    );
    this.child('state-size').replaceChildren(plot.element);
    signal.addEventListener('abort', () => {
      plot.destroy();
      this.#plot = undefined;
    });
    return plot;
  }

  #line({ name, telemetry, starter }: RacerProgress): LineSeries | undefined {
    const seen = telemetry?.activations?.[0];
    if (!seen) return undefined;
    const first = starter?.watched?.findIndex(({ id }) => id !== 0) ?? 0;
    const points = largestUnits(seen.h, seen.shape)
      .slice(first)
      .map((size, i) => [i + 1, size] as const);
    return { name, color: this.colorOf(name), points };
  }
}

define('state-size', StateSize);
