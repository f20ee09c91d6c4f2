import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData, Point } from '../../plots/line.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';

const GUIDES = [{ value: 0.5, label: 'guessing' }];

/** Draws each model of the race where its recurrent weights and its accuracy meet. */
class ParameterPanel extends RacePanel {
  #plot: Plot<LineData> | undefined;

  protected override rest(signal: AbortSignal): void {
    this.#plot ??= this.#make(signal);
  }

  protected show(race: RaceProgress, signal: AbortSignal): void {
    this.#plot ??= this.#make(signal);
    this.#plot.update(
      this.#data((name) => {
        const model = race.model(name);
        const accuracy = model.validation?.accuracy;
        return accuracy === undefined ? [] : [[recurrentWeights(model), accuracy]];
      }),
    );
  }

  /** @param pointsOf where a model stands, by its name */
  #data(pointsOf: (name: string) => readonly Point[]): LineData {
    return {
      series: this.figure.models.map(({ name, color }) => ({
        name,
        color,
        dots: true,
        points: pointsOf(name),
      })),
      xMax: Number(this.dataset['most']),
      guides: GUIDES,
    };
  }

  #make(signal: AbortSignal): Plot<LineData> {
    const plot = linePlot(
      this.#data(() => []),
      {
        title: 'Accuracy on held-out reviews by weights of the recurrent layers',
        table: false,
        resting: 'Each network stands where its weights and its accuracy meet.',
        x: { label: 'weights of the recurrent layers' },
        y: { format: '.0%', include: [0.4, 0.9] },
        height: 240,
      },
    );
    this.child('parameter-plot').replaceChildren(plot.element);
    signal.addEventListener('abort', () => {
      plot.destroy();
      this.#plot = undefined;
    });
    return plot;
  }
}

function recurrentWeights({ starter }: RacerProgress): number {
  return (starter?.layers ?? [])
    .filter(({ name }) => name.includes('recurrent'))
    .reduce((sum, { parameters }) => sum + parameters, 0);
}

define('parameter-panel', ParameterPanel);
