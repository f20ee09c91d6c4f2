import { define, LiveElement } from '../live-element.ts';
import { bagOf, describeScore, scoreOf } from './word-bag-text.ts';

/** Moves the words of a sentence about, and counts its bag anew. */
class WordBag extends LiveElement {
  #words: readonly string[] = [];

  protected connect(signal: AbortSignal): void {
    const sentences = JSON.parse(this.dataset['sentences']!) as string[][];
    const shuffle = this.child<HTMLButtonElement>('shuffle');
    shuffle.disabled = false;
    const choose = (): void => {
      const { value } = this.querySelector<HTMLInputElement>('[name="bag-sentence"]:checked')!;
      this.#show(sentences[Number(value)]!);
    };
    this.addEventListener('input', choose, { signal });
    shuffle.addEventListener('click', () => this.#show(shuffled(this.#words)), { signal });
    choose();
  }

  #show(words: readonly string[]): void {
    this.#words = words;
    const bag = bagOf(words);
    const width = bag.words.length;
    this.querySelectorAll('[data-part="rows"] tr').forEach((row, place) => {
      row.querySelector('th')!.textContent = `${place + 1} ${words[place]}`;
      row.querySelectorAll('td').forEach((cell, column) => {
        const hot = bag.rows[place * width + column] === 1;
        cell.textContent = hot ? '1' : '0';
        cell.classList.toggle('hot', hot);
      });
    });
    this.child('counts')
      .querySelectorAll('td')
      .forEach((cell, column) => (cell.textContent = String(bag.counts[column])));
    const weights = JSON.parse(this.dataset['weights']!) as Record<string, number>;
    this.child('score').textContent = describeScore(scoreOf(bag, weights));
  }
}

/** Another order of the words than this one. */
function shuffled(words: readonly string[]): string[] {
  const next = [...words];
  for (let i = next.length - 1; i > 0; i -= 1) {
    const j = Math.floor(Math.random() * (i + 1));
    [next[i], next[j]] = [next[j]!, next[i]!];
  }
  return next.join(' ') === words.join(' ') ? next.toReversed() : next;
}

define('word-bag', WordBag);
