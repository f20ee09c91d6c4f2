import { cellDiagram } from '../../plots/cell-diagram.ts';
import { GATE_COLORS } from '../../plots/colors.ts';
import { linkPlots } from '../../plots/frame/create-plot.ts';
import { heatMap } from '../../plots/heat-map.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeValves, vectorsOf } from './valves.ts';
import type { Valves } from './valves.ts';

/** Shows the gates of an LSTM at each word of a review. */
class GateReading extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const valves = JSON.parse(this.child('reading').textContent) as Valves;
    const step = this.child<HTMLInputElement>('step');
    const at = (): number => step.valueAsNumber;
    const shown = () =>
      this.querySelector<HTMLInputElement>('input[type="radio"]:checked')!.value as
        | 'f'
        | 'i'
        | 'o'
        | 'c';
    const cellData = () =>
      ({ cell: 'LSTM', vectors: vectorsOf(valves, at()), word: valves.words[at()]! }) as const;
    const unitData = () => ({
      values: valves.vectors[shown()].map((value, i) =>
        i < (at() + 1) * valves.units ? value : Number.NaN,
      ),
      steps: valves.words.length,
      units: valves.units,
      words: valves.words,
    });
    const plots = {
      cell: cellDiagram(cellData(), { title: 'The cell at this word' }),
      verdict: linePlot(courses(valves, at()), {
        title: 'Gates, mean of all units, and the verdict so far',
        x: { label: 'words read' },
        y: { format: '.0%', include: [0, 1] },
        height: 240,
      }),
      units: heatMap(unitData(), { title: 'Values of the units that count most', most: 1 }),
    };
    for (const [part, { element }] of Object.entries(plots)) this.child(part).append(element);
    linkPlots([plots.verdict, plots.units]);
    signal.addEventListener('abort', () => {
      for (const plot of Object.values(plots)) plot.destroy();
    });
    const show = (): void => {
      plots.cell.update(cellData());
      plots.verdict.update(courses(valves, at()));
      plots.units.update(unitData());
      const text = describeValves(valves, at());
      this.child('now-text').textContent = text;
      step.ariaValueText = text;
    };
    show();
    this.addEventListener('input', show, { signal });
  }
}

/** The courses of gates and verdict up to a word. */
function courses({ means, verdicts, words }: Valves, step: number): LineData {
  const read = (values: readonly number[]) =>
    values.slice(0, step + 1).map((value, t) => [t + 1, value] as const);
  return {
    series: [
      { name: 'forget', color: GATE_COLORS.f, points: read(means.f) },
      { name: 'input', color: GATE_COLORS.i, points: read(means.i) },
      { name: 'output', color: GATE_COLORS.o, points: read(means.o) },
      { name: 'positive so far', color: 'var(--accent)', points: read(verdicts) },
    ],
    xMax: words.length,
    guides: [{ value: 0.5, label: 'undecided' }],
  };
}

define('gate-reading', GateReading);
