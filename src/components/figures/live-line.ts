import { linePlot } from '../../plots/line.ts';
import type { LineData, Point } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { playWhile } from './play-while.ts';

/** Reviews that arrive in a frame. */
const A_FRAME = 25;

/** Draws the lengths of reviews, all at once or as they come. */
class LiveLine extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const lengths = JSON.parse(this.dataset['lengths']!) as number[];
    const window = Number(this.dataset['window']);
    const points = lengths.map((words, i): Point => [i + 1, words]);
    const means = runningMeans(lengths, window);
    const shown = (count: number): LineData => ({
      series: [
        {
          name: 'each review',
          points: points.slice(0, count),
          color: 'var(--rule-strong)',
          thin: true,
        },
        { name: `mean of ${window}`, points: means.slice(0, count), color: 'var(--accent)' },
      ],
      xMax: lengths.length,
    });
    const plot = linePlot(shown(lengths.length), {
      title: 'Words in each review, in the order of the data',
      x: { label: 'review' },
      y: { label: 'words', format: ',' },
    });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());

    let count = lengths.length;
    const toggle = this.child<HTMLInputElement>('live');
    playWhile(toggle, this.child('timing'), signal, () => {
      count = count >= lengths.length ? A_FRAME : count + A_FRAME;
      plot.update(shown(count));
    });
  }
}

function runningMeans(values: readonly number[], window: number): Point[] {
  let sum = 0;
  return values.map((value, i) => {
    sum += value - (values[i - window] ?? 0);
    return [i + 1, sum / Math.min(i + 1, window)];
  });
}

define('live-line', LiveLine);
