import { define, LiveElement } from '../live-element.ts';

/** Steps a second when the reader has asked for little motion. */
const CALM_RATE = 2;

/**
 * Moves its range input through its steps. Whether it plays or the reader scrubs, the input's own
 * `input` event tells of every step.
 */
export class PlayBar extends LiveElement {
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Plays on, or from the start if it is at the end. */
  play(): void {
    if (this.#timer === undefined) this.#toggle(this.#scrub);
  }

  pause(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#showState();
  }

  protected connect(signal: AbortSignal): void {
    const scrub = this.#scrub;
    const play = this.child<HTMLButtonElement>('play');
    scrub.disabled = play.disabled = false;
    play.addEventListener('click', () => this.#toggle(scrub), { signal });
    scrub.addEventListener('input', () => this.#show(scrub), { signal });
    scrub.addEventListener('pointerdown', () => this.pause(), { signal });
    scrub.addEventListener('keydown', () => this.pause(), { signal });
    signal.addEventListener('abort', () => this.pause());
    this.#show(scrub);
  }

  get #scrub(): HTMLInputElement {
    return this.querySelector('input')!;
  }

  #toggle(scrub: HTMLInputElement): void {
    if (this.#timer !== undefined) {
      this.pause();
      return;
    }
    const last = Number(scrub.max);
    if (scrub.valueAsNumber >= last) this.#goTo(scrub, 0);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const rate = Math.min(Number(this.dataset['rate']), calm ? CALM_RATE : Infinity);
    this.#timer = setInterval(() => {
      this.#goTo(scrub, scrub.valueAsNumber + 1);
      if (scrub.valueAsNumber >= last) this.pause();
    }, 1000 / rate);
    this.#showState();
  }

  #goTo(scrub: HTMLInputElement, step: number): void {
    scrub.value = String(step);
    scrub.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #show(scrub: HTMLInputElement): void {
    this.child('now').textContent = `${scrub.valueAsNumber + 1}/${Number(scrub.max) + 1}`;
  }

  #showState(): void {
    const plays = this.#timer !== undefined;
    this.child('sign').textContent = plays ? '❚❚' : '▶';
    this.child('verb').textContent = plays ? 'Pause' : 'Play';
  }
}

define('play-bar', PlayBar);
