import { signal as state } from '@preact/signals-core';
import { define, LiveElement } from '../live-element.ts';
import { describeSize, describeWord, UNKNOWN_ID } from './review-words-text.ts';

interface VocabularySize {
  readonly size: number;
  readonly coverage: number;
}

/** Lets the reader shrink the vocabulary and look at single words of the review. */
class ReviewWords extends LiveElement {
  readonly #at = state(0);
  readonly #picked = state(0);

  protected connect(signal: AbortSignal): void {
    const size = this.child<HTMLInputElement>('size');
    const pick = this.child<HTMLInputElement>('pick');
    const sizes = JSON.parse(this.dataset['sizes'] ?? '[]') as VocabularySize[];
    const words = [...this.querySelectorAll<HTMLElement>('[data-rank]')];
    const ids = [...this.querySelectorAll<HTMLElement>('[data-id]')];

    this.#at.value = size.valueAsNumber;
    this.#picked.value = pick.valueAsNumber;
    size.disabled = pick.disabled = false;
    size.addEventListener('input', () => (this.#at.value = size.valueAsNumber), { signal });
    pick.addEventListener('input', () => (this.#picked.value = pick.valueAsNumber), { signal });
    for (const [part, list] of [['text', words] as const, ['ids', ids] as const]) {
      this.child(part).addEventListener(
        'pointerover',
        ({ target }) => {
          const place = list.indexOf(target as HTMLElement);
          if (place >= 0) this.#picked.value = place;
        },
        { signal },
      );
    }
    this.watch(() => this.#showSize(sizes, words, ids));
    this.watch(() => this.#showPicked(sizes, words, ids));
  }

  #showSize(sizes: VocabularySize[], words: HTMLElement[], ids: HTMLElement[]): void {
    const entry = sizes[this.#at.value];
    if (!entry) return;
    let kept = 0;
    words.forEach((word, i) => {
      const id = rankOf(word) + this.#reservedIds;
      const known = rankOf(word) < entry.size;
      kept += Number(known);
      word.classList.toggle('unknown', !known);
      ids[i]?.classList.toggle('unknown', !known);
      ids[i]?.replaceChildren(String(known ? id : UNKNOWN_ID));
    });
    const text = describeSize({ ...entry, kept, words: words.length });
    this.child('size-text').textContent = text;
    this.child('size').ariaValueText = text;
  }

  #showPicked(sizes: VocabularySize[], words: HTMLElement[], ids: HTMLElement[]): void {
    const picked = this.#picked.value;
    for (const list of [words, ids]) {
      list.forEach((element, i) => element.classList.toggle('picked', i === picked));
    }
    const word = words[picked];
    const size = sizes[this.#at.value]?.size;
    if (!word || size === undefined) return;
    const shown = { text: word.textContent, rank: rankOf(word), size };
    const text = describeWord(shown, this.#reservedIds);
    this.child<HTMLInputElement>('pick').value = String(picked);
    this.child('pick-text').textContent = text;
    this.child('pick').ariaValueText = text;
  }

  get #reservedIds(): number {
    return Number(this.dataset['reservedIds']);
  }
}

function rankOf(word: HTMLElement): number {
  return Number(word.dataset['rank']);
}

define('review-words', ReviewWords);
