import { whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { costOf, describeCost, shareOf } from './cost-text.ts';

/** Counts the numbers of a table of the reader’s size. */
class EmbeddingCost extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const listOf = (name: string): number[] => JSON.parse(this.dataset[name]!) as number[];
    const [words, sizes] = [listOf('words'), listOf('sizes')];
    const inputs = [this.child<HTMLInputElement>('words'), this.child<HTMLInputElement>('size')];
    for (const input of inputs) input.disabled = false;
    const show = (): void => {
      const [word, size] = [words![inputs[0]!.valueAsNumber]!, sizes![inputs[1]!.valueAsNumber]!];
      const cost = costOf(word, size);
      this.#say('words', `${whole(word)} words`);
      this.#say('size', `vectors of ${size}`);
      this.child('bar').style.setProperty('--share', String(shareOf(cost)));
      this.child('said').textContent = describeCost(cost);
    };
    this.addEventListener('input', show, { signal });
    show();
  }

  #say(part: string, text: string): void {
    this.child(`${part}-text`).textContent = text;
    this.child(part).ariaValueText = text;
  }
}

define('embedding-cost', EmbeddingCost);
