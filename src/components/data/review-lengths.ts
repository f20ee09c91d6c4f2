import { define, LiveElement } from '../live-element.ts';
import { describeCut } from './review-lengths-text.ts';

interface Cut {
  readonly whole: number;
  readonly words: number;
}

/** Shows how much of the reviews is left when they are cut to a length. */
class ReviewLengths extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const slider = this.child<HTMLInputElement>('cut');
    slider.disabled = false;
    slider.addEventListener('input', () => this.#show(slider), { signal });
    this.#show(slider);
  }

  #show(slider: HTMLInputElement): void {
    const cuts = JSON.parse(this.dataset['cuts'] ?? '[]') as Cut[];
    const at = slider.valueAsNumber;
    const cut = cuts[at];
    if (!cut) return;
    this.querySelectorAll('[data-bin]').forEach((bin, i) => bin.classList.toggle('cut', i > at));
    const text = describeCut((at + 1) * Number(this.dataset['step']), cut);
    this.child('cut-text').textContent = text;
    slider.ariaValueText = text;
  }
}

define('review-lengths', ReviewLengths);
