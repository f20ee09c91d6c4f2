import { signal as state } from '@preact/signals-core';
import { percent, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { colorOf, describeWindow, lookThrough } from './review-window-text.ts';
import type { WindowSettings, WindowWord } from './review-window-text.ts';

interface VocabularySize {
  readonly size: number;
  readonly coverage: number;
}

/** Moves a window over a review, and the end of the vocabulary. */
class ReviewWindow extends LiveElement {
  readonly #settings = state<WindowSettings | undefined>(undefined);

  protected connect(signal: AbortSignal): void {
    const sizes = JSON.parse(this.dataset['sizes']!) as VocabularySize[];
    const review = JSON.parse(this.dataset['words']!) as WindowWord[];
    const size = this.child<HTMLInputElement>('size');
    const maxlen = this.child<HTMLInputElement>('maxlen');
    size.disabled = maxlen.disabled = false;
    const words = [...this.child('text').querySelectorAll('.word')];
    const side = (name: string): 'pre' | 'post' =>
      this.querySelector<HTMLInputElement>(`[name="window-${name}"]:checked`)!.value === 'pre'
        ? 'pre'
        : 'post';
    const read = (): void => {
      const { size: numWords, coverage } = sizes[size.valueAsNumber]!;
      this.#say('size', `${whole(numWords)}: ${percent(coverage)} of the training text.`);
      this.#say('maxlen', `maxlen = ${maxlen.value}`);
      this.#settings.value = {
        numWords,
        maxlen: maxlen.valueAsNumber,
        padding: side('padding'),
        truncating: side('truncating'),
      };
    };
    this.addEventListener('input', read, { signal });
    read();
    this.watch(() => this.#show(review, words));
  }

  #show(review: readonly WindowWord[], words: readonly Element[]): void {
    const settings = this.#settings.value!;
    const shown = lookThrough(review, settings);
    words.forEach((word, i) => {
      for (const kind of ['cut', 'unknown', 'known'] as const) {
        word.classList.toggle(kind, shown.words[i] === kind);
      }
    });
    this.child('row').replaceChildren(
      ...shown.cells.map(({ kind, word }) => {
        const cell = document.createElement('span');
        cell.className = kind;
        if (word !== undefined) cell.style.setProperty('--hue', colorOf(review[word]!.weight));
        return cell;
      }),
    );
    this.querySelector('#window-row')!.textContent =
      `The row: ${settings.maxlen} places, in reading order`;
    this.child('summary').textContent = describeWindow(shown);
  }

  #say(part: string, text: string): void {
    this.child(`${part}-text`).textContent = text;
    this.child(part).ariaValueText = text;
  }
}

define('review-window', ReviewWindow);
