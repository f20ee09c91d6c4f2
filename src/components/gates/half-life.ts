import { signal as state } from '@preact/signals-core';
import { linePlot } from '../../plots/line.ts';
import type { LineData, Point } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeHalfLife, halfLife } from './valves.ts';

/** Words that the picture has room for. */
const WORDS = 60;

/** Shows what is left of a cell’s content, word by word, for a value of the forget gate. */
class HalfLife extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const forget = JSON.parse(this.dataset['forget']!) as number[];
    const slider = this.child<HTMLInputElement>('gate');
    const gate = state(slider.valueAsNumber);
    slider.disabled = false;
    slider.addEventListener('input', () => (gate.value = slider.valueAsNumber), { signal });
    const plot = linePlot(decay(gate.value, forget), {
      title: 'What is left of a cell’s content',
      x: { label: 'words later' },
      y: { format: '.0%', include: [0, 1] },
    });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    this.watch(() => {
      plot.update(decay(gate.value, forget));
      const text = describeHalfLife(gate.value);
      this.child('gate-text').textContent = text;
      slider.ariaValueText = text;
    });
  }
}

function decay(gate: number, forget: readonly number[]): LineData {
  const points = (value: number): Point[] =>
    Array.from({ length: WORDS + 1 }, (_, n) => [n, value ** n]);
  const half = halfLife(gate);
  const [least, most] = [Math.min(...forget), Math.max(...forget)];
  return {
    series: [
      { name: 'your gate', color: 'var(--gate-forget)', points: points(gate) },
      { name: 'shortest unit of the LSTM', color: 'var(--rule-strong)', points: points(least) },
      { name: 'longest unit of the LSTM', color: 'var(--layer-lstm)', points: points(most) },
    ],
    xMax: WORDS,
    guides: [{ value: 0.5, label: 'half' }],
    markers: half <= WORDS ? [{ x: half, label: 'half-life' }] : [],
  };
}

define('half-life', HalfLife);
