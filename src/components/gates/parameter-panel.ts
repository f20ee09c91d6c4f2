import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData } from '../../plots/line.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';

const COLORS = [
  'var(--layer-simple-rnn)',
  'var(--gate-output)',
  'var(--layer-lstm)',
  'var(--layer-gru)',
];

/** Draws each model of the race where its recurrent weights and its accuracy meet. */
class ParameterPanel extends RacePanel {
  #plot: Plot<LineData> | undefined;

  protected show(race: RaceProgress, signal: AbortSignal): void {
    this.#plot ??= this.#make(signal);
    this.#plot.update({
      series: race.models.map((model, i) => ({
        name: model.name,
        color: COLORS[i % COLORS.length]!,
        dots: true,
        points: model.validation
          ? [[recurrentWeights(model), model.validation.accuracy] as const]
          : [],
      })),
      guides: [{ value: 0.5, label: 'guessing' }],
    });
  }

  #make(signal: AbortSignal): Plot<LineData> {
    const plot = linePlot(
      { series: [] },
      {
        title: 'Accuracy on held-out reviews by weights of the recurrent layers',
        table: false,
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
