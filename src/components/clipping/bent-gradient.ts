import { signal as state } from '@preact/signals-core';
import { vectorPlot } from '../../plots/vectors.ts';
import type { VectorData } from '../../plots/vectors.ts';
import { define, LiveElement } from '../live-element.ts';
import { clipPair, describePair } from './two-numbers.ts';

/** Draws a gradient of two numbers with what two ways of clipping make of it. */
class BentGradient extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const parts = ['x', 'y', 'limit'] as const;
    const sliders = parts.map((part) => this.child<HTMLInputElement>(part));
    const values = state(sliders.map((slider) => slider.valueAsNumber));
    for (const slider of sliders) {
      slider.disabled = false;
      slider.addEventListener(
        'input',
        () => (values.value = sliders.map(({ valueAsNumber }) => valueAsNumber)),
        { signal },
      );
    }
    const plot = vectorPlot(dataOf(values.value), {
      title: 'A gradient of two numbers, clipped by value and by norm',
      extent: Number(this.dataset['extent']),
      x: 'first number',
      y: 'second number',
    });
    this.child('plot').append(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    this.watch(() => {
      plot.update(dataOf(values.value));
      const [x, y, limit] = values.value as [number, number, number];
      this.#say(sliders[0]!, x.toFixed(1));
      this.#say(sliders[1]!, y.toFixed(1));
      this.#say(sliders[2]!, `Limit ${limit.toFixed(1)}. ${describePair([x, y], limit)}`);
    });
  }

  #say(slider: HTMLInputElement, text: string): void {
    this.child(`${slider.dataset['part']}-text`).textContent = text.replace('-', '−');
    slider.ariaValueText = text;
  }
}

function dataOf(values: readonly number[]): VectorData {
  const [x, y, limit] = values as [number, number, number];
  const { byValue, byNorm } = clipPair([x, y], limit);
  return {
    limit,
    vectors: [
      { name: 'gradient', x, y, color: 'var(--ink-soft)', dashed: true },
      { name: 'by value', x: byValue[0], y: byValue[1], color: 'var(--negative)' },
      { name: 'by norm', x: byNorm[0], y: byNorm[1], color: 'var(--positive)' },
    ],
  };
}

define('bent-gradient', BentGradient);
