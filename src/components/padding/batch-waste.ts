import { define, LiveElement } from '../live-element.ts';
import { describeWaste, rectangleOf } from './batch-waste-text.ts';
import type { Width } from './batch-waste-text.ts';

type Lengths = readonly (readonly number[])[];

/** Draws batches as rectangles, and counts what is padding in them. */
class BatchWaste extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const [mixed, grouped] = ['mixed', 'grouped'].map(
      (name) => JSON.parse(this.dataset[name]!) as Lengths,
    );
    for (const part of ['maxlen', 'number']) this.child<HTMLInputElement>(part).disabled = false;
    const show = (): void => {
      const { value } = this.querySelector<HTMLInputElement>('[name="batch-width"]:checked')!;
      this.#show(value === 'sorted' ? grouped! : mixed!, value as Width);
    };
    this.addEventListener('input', show, { signal });
    show();
  }

  #show(batches: Lengths, width: Width): void {
    const maxlen = this.child<HTMLInputElement>('maxlen');
    const number = this.child<HTMLInputElement>('number');
    this.#say('maxlen', `maxlen = ${maxlen.value}`);
    this.#say('number', `${number.valueAsNumber + 1} of ${batches.length}`);
    const rectangles = batches.map((lengths) => rectangleOf(lengths, width, maxlen.valueAsNumber));
    const shown = rectangles[number.valueAsNumber]!;
    const longest = Number(maxlen.max);
    this.child('rows')
      .querySelectorAll('div')
      .forEach((row, i) => {
        row.style.setProperty('--width', String(shown.width / longest));
        row.style.setProperty('--filled', String(shown.filled[i]! / longest));
      });
    this.child('summary').textContent = describeWaste(shown, rectangles);
  }

  #say(part: string, text: string): void {
    this.child(`${part}-text`).textContent = text;
    this.child(part).ariaValueText = text;
  }
}

define('batch-waste', BatchWaste);
