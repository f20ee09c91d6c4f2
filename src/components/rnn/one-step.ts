import { tableRow } from '../lab/table-row.ts';
import { define, LiveElement } from '../live-element.ts';
import {
  barsMarkup,
  describeProduct,
  describeStep,
  formulaOf,
  mostOf,
  rowsOf,
  signed,
} from './step-markup.ts';
import { stepOf } from './step-math.ts';
import type { Step, StepData } from './step-math.ts';

/** Shows how one number of the state comes about, at any word and for any of the shown units. */
class OneStep extends LiveElement {
  #data!: StepData;
  #step!: Step;

  protected connect(signal: AbortSignal): void {
    this.#data = JSON.parse(this.child('step-data').textContent) as StepData;
    this.addEventListener('input', () => this.#show(), { signal });
    this.querySelector('details')!.addEventListener('toggle', () => this.#showTable(), { signal });
    for (const [part, from] of [
      ['word', 'Word vector'],
      ['memory', 'State before'],
    ] as const) {
      this.child(`${part}-bars`).addEventListener(
        'pointerover',
        ({ target }) => this.#point(target as Element, part, from),
        { signal },
      );
    }
    this.#show();
  }

  #show(): void {
    const at = this.child<HTMLInputElement>('step-word').valueAsNumber;
    const chosen = this.querySelector<HTMLInputElement>('[name="step-unit"]:checked')!.value;
    const unit = this.#data.shown[Number(chosen)]!;
    const word = this.#data.words[at]!;
    const step = (this.#step = stepOf(this.#data, at, unit));
    const most = mostOf(step);
    for (const [part, products, sum] of [
      ['word', step.fromWord, step.wordSum],
      ['memory', step.fromMemory, step.memorySum],
    ] as const) {
      this.child(`${part}-bars`).querySelector('g')!.innerHTML = barsMarkup(products, most);
      this.child(`${part}-sum`).textContent = signed(sum);
    }
    this.child('formula').textContent = formulaOf(step);
    this.child('strips').ariaLabel = describeStep(step, word, unit.unit);
    [...this.child('words').children].forEach((element, i) => {
      element.classList.toggle('at', i === at);
      element.classList.toggle('unread', i > at);
    });
    this.#showTable();
  }

  /** Only where it can be seen: it is long. */
  #showTable(): void {
    if (!this.querySelector('details')!.open) return;
    this.child('products')
      .querySelector('tbody')!
      .replaceChildren(...rowsOf(this.#step).map(([head, ...cells]) => tableRow(head!, cells)));
  }

  #point(target: Element, part: 'word' | 'memory', from: string): void {
    const bar = target.getAttribute('data-bar');
    if (bar === null) return;
    const list = part === 'word' ? this.#step.fromWord : this.#step.fromMemory;
    this.child('pointed').textContent = describeProduct(list[Number(bar)]!, Number(bar), from);
  }
}

define('one-step', OneStep);
