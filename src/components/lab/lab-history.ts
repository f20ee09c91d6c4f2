import { linePlot } from '../../plots/line.ts';
import type { LineSeries } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { testReading } from './asked-model.ts';
import { percent, percentOr, whole } from './format.ts';
import { pastRuns } from './past-runs.ts';
import type { PastRun } from './past-runs.ts';
import { tableRow } from './table-row.ts';

/** Colours of the runs that are compared, the newest first; more than these start over. */
const COLORS = [
  'var(--positive)',
  'var(--negative)',
  'var(--gate-input)',
  'var(--gate-forget)',
  'var(--gate-candidate)',
  'var(--gate-output)',
];

/** The runs of this visit, and their curves over each other. */
class LabHistory extends LiveElement {
  /** Runs that the reader has taken out of the comparison. */
  readonly #left = new Set<string>();

  protected connect(signal: AbortSignal): void {
    const x = { label: 'step' };
    const accuracy = linePlot(
      { series: [] },
      { title: 'Held-out accuracy by step', x, y: { format: '.0%', include: [0.5] } },
    );
    const loss = linePlot(
      { series: [] },
      { title: 'Training loss by step', table: false, x, y: {} },
    );
    this.child('accuracy-plot').replaceChildren(accuracy.element);
    this.child('loss-plot').replaceChildren(loss.element);
    signal.addEventListener('abort', () => [accuracy, loss].forEach((plot) => plot.destroy()));
    const draw = (): void => {
      const runs = pastRuns.value;
      accuracy.update({ series: this.#compared(runs, heldOut) });
      loss.update({ series: this.#compared(runs, ({ log }) => log.loss) });
    };
    this.addEventListener(
      'change',
      ({ target }) => {
        const { checked, value } = target as HTMLInputElement;
        if (checked) this.#left.delete(value);
        else this.#left.add(value);
        draw();
      },
      { signal },
    );
    this.watch(() => {
      this.hidden = pastRuns.value.length === 0;
      this.#list(pastRuns.value);
      draw();
    });
  }

  #list(runs: readonly PastRun[]): void {
    const read = testReading.value;
    this.child('rows').replaceChildren(
      ...runs.map(({ started: { run }, log, outcome }, i) => {
        const test = read?.run === run ? percent(read.reading.evaluation.accuracy) : '–';
        const { last, bestAccuracy } = log;
        const steps = last ? `${whole(last.step)} of ${whole(last.steps)}` : '–';
        const box = this.#checkbox(run, i);
        return tableRow(run, [box, percentOr(bestAccuracy), test, steps, outcome]);
      }),
    );
  }

  #checkbox(run: string, index: number): HTMLElement {
    const label = document.createElement('label');
    const box = document.createElement('input');
    const swatch = document.createElement('span');
    label.className = 'compare';
    box.type = 'checkbox';
    box.value = run;
    box.checked = !this.#left.has(run);
    box.setAttribute('aria-label', `Compare ${run}`);
    swatch.className = 'swatch';
    swatch.style.background = colorOf(index);
    label.append(box, swatch);
    return label;
  }

  #compared(
    runs: readonly PastRun[],
    pointsOf: (run: PastRun) => LineSeries['points'],
  ): LineSeries[] {
    return runs.flatMap((run, i) => {
      const { run: name } = run.started;
      if (this.#left.has(name)) return [];
      return [{ name, points: pointsOf(run), color: colorOf(i) }];
    });
  }
}

const colorOf = (index: number): string => COLORS[index % COLORS.length]!;

const heldOut = ({ log }: PastRun): LineSeries['points'] =>
  log.epochs.flatMap(({ step, validation }) =>
    validation ? [[step, validation.accuracy] as const] : [],
  );

define('lab-history', LabHistory);
