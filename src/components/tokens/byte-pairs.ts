import { signal as state } from '@preact/signals-core';
import { startBytePairs } from '../../core/text/index.ts';
import type { BytePairMerge } from '../../core/text/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import {
  charactersOf,
  describeMerge,
  describeStanding,
  piecesOf,
  showWord,
} from './byte-pairs-text.ts';
import { hueOf } from './cut-text.ts';

/** Merges that are listed. */
const NEWEST = 6;
/** Milliseconds that learning holds the page at a time. */
const SLICE = 8;

/** Learns byte pairs on the page, as far as the reader asks, and cuts a text and a word with them. */
class BytePairs extends LiveElement {
  readonly #merges: BytePairMerge[] = [];
  readonly #wanted = state(0);
  #alphabet = 0;

  protected connect(signal: AbortSignal): void {
    const words = JSON.parse(this.child('words').textContent) as [string, number][];
    const bar = this.child<HTMLInputElement>('merges');
    const word = this.child<HTMLInputElement>('word');
    word.disabled = false;
    this.#wanted.value = bar.valueAsNumber;
    bar.addEventListener('input', () => (this.#wanted.value = bar.valueAsNumber), { signal });
    word.addEventListener('input', () => this.#showWord(), { signal });
    whenNear(this, () => void this.#learn(words, Number(bar.max), signal), signal);
  }

  async #learn(
    words: readonly (readonly [string, number])[],
    most: number,
    signal: AbortSignal,
  ): Promise<void> {
    const { alphabet, steps } = startBytePairs(new Map(words));
    this.#alphabet = alphabet.length;
    let pause = performance.now() + SLICE;
    for (const merge of steps) {
      this.#merges.push(merge);
      if (this.#merges.length === most) break;
      if (performance.now() < pause) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      pause = performance.now() + SLICE;
    }
    this.watch(() => this.#show());
  }

  get #known(): readonly BytePairMerge[] {
    return this.#merges.slice(0, this.#wanted.value);
  }

  #show(): void {
    const known = this.#known;
    const text = this.child('text').textContent;
    const pieces = piecesOf(text, known);
    this.child('text').replaceChildren(
      ...pieces.map(({ text: piece, kind }) => {
        if (kind === undefined) return piece;
        const span = document.createElement('span');
        span.className = 'token-span';
        span.style.setProperty('--hue', String(hueOf(kind)));
        span.textContent = piece;
        return span;
      }),
    );
    this.child('newest').replaceChildren(
      ...known
        .slice(-NEWEST)
        .toReversed()
        .map((merge) => {
          const item = document.createElement('li');
          item.textContent = describeMerge(merge);
          return item;
        }),
    );
    this.child('summary').textContent = describeStanding({
      merges: known.length,
      alphabet: this.#alphabet,
      pieces: pieces.filter(({ kind }) => kind !== undefined).length,
      characters: charactersOf(text),
    });
    this.#showWord();
  }

  #showWord(): void {
    const { value } = this.child<HTMLInputElement>('word');
    this.child('word-pieces').textContent = showWord(value, this.#known);
  }
}

define('byte-pairs', BytePairs);
