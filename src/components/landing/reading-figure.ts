import '../controls/play-bar.ts';
import type { PlayBar } from '../controls/play-bar.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeVerdict, packReading, sourceOf } from './reading.ts';
import type { Reading, Review } from './reading.ts';
import {
  describeCourse,
  describeStates,
  statesMarkup,
  tintOf,
  verdictArea,
  verdictPath,
} from './reading-markup.ts';

/** Share of the figure that must be seen before it plays by itself, and how long it waits then. */
const SEEN = 0.6;
const WAIT = 900;

/** Plays a reading word by word, and lets the network read what the reader writes. */
class ReadingFigure extends LiveElement {
  #reading!: Reading;
  #words: HTMLElement[] = [];
  /** Words that look read. */
  #read = 0;
  /** A late answer must not replace a newer choice. */
  #latest = 0;

  get #step(): HTMLInputElement {
    return this.child<HTMLInputElement>('step');
  }

  get #bar(): PlayBar {
    return this.querySelector<PlayBar>('play-bar')!;
  }

  protected connect(signal: AbortSignal): void {
    const reviews = JSON.parse(this.child('readings').textContent) as readonly Review[];
    this.#reading = reviews[0]!;
    this.#words = [...this.child('words').querySelectorAll<HTMLElement>('.word')];
    this.#read = this.#words.length;
    this.#step.addEventListener('input', () => this.#show(), { signal });
    this.addEventListener(
      'change',
      ({ target }) => {
        if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
        this.#latest++;
        const review = reviews[Number(target.value)]!;
        this.child('source').textContent = sourceOf(review);
        this.#take(review);
      },
      { signal },
    );
    this.child('words').addEventListener('click', ({ target }) => this.#goTo(target), { signal });
    this.child('stage').addEventListener('pointermove', (event) => this.#point(event), { signal });
    this.child<HTMLButtonElement>('ask').disabled = false;
    this.child('form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        void this.#ask(this.child<HTMLInputElement>('own').value);
      },
      { signal },
    );
    this.toggleAttribute('live', true);
    this.#show();
    this.#playWhenSeen(signal);
  }

  #playWhenSeen(signal: AbortSignal): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        seen.disconnect();
        const start = setTimeout(() => this.#bar.play(), WAIT);
        const keep = (): void => clearTimeout(start);
        // Whoever does something first does not want it to begin.
        for (const type of ['pointerdown', 'keydown'] as const) {
          this.addEventListener(type, keep, { signal, once: true });
        }
        signal.addEventListener('abort', keep);
      },
      { threshold: SEEN },
    );
    seen.observe(this.child('stage'));
    signal.addEventListener('abort', () => seen.disconnect());
  }

  /** Puts another reading into the figure and plays it. */
  #take(reading: Reading): void {
    this.#bar.pause();
    this.#reading = reading;
    const { words, probabilities, units } = reading;
    this.#words = words.map(({ text, known }, i) => {
      const word = document.createElement('span');
      word.className = `word ${tintOf(probabilities[i]!)}${known ? '' : ' unknown'}`;
      word.textContent = text;
      return word;
    });
    this.#read = words.length;
    this.child('words').replaceChildren(...this.#words.flatMap((word) => [word, ' ']));
    const verdict = this.child<SVGElement>('verdict');
    const states = this.child<SVGElement>('states');
    verdict.setAttribute('viewBox', `0 0 ${words.length} 1`);
    states.setAttribute('viewBox', `0 -0.5 ${words.length} ${units}`);
    verdict.ariaLabel = describeCourse(reading);
    states.ariaLabel = describeStates(reading);
    this.child('area').setAttribute('d', verdictArea(reading));
    this.child('line').setAttribute('d', verdictPath(reading));
    states.innerHTML = statesMarkup(reading);
    this.#step.max = String(words.length - 1);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#set(calm ? words.length - 1 : 0);
    if (!calm) this.#bar.play();
  }

  async #ask(text: string): Promise<void> {
    const asked = ++this.#latest;
    const { model = '', most, megabytes } = this.dataset;
    this.#say(`The network is on its way (${megabytes} MB) …`);
    try {
      const { compute } = await import('../../client/index.ts');
      const reading = await compute.call('readStates', {
        model: { kind: 'shipped', name: model },
        text,
        most: Number(most),
      });
      if (asked !== this.#latest) return;
      for (const radio of this.querySelectorAll<HTMLInputElement>('[type=radio]')) {
        radio.checked = false;
      }
      this.child('source').textContent = 'Your sentence.';
      this.#take(packReading(reading));
      const end = describeVerdict(reading.probabilities.at(-1)!);
      this.#say(`Read here, on your machine: ${end} at the end.`);
    } catch (error) {
      if (asked === this.#latest) this.#say(error instanceof Error ? error.message : String(error));
    }
  }

  #say(text: string): void {
    this.child('status').textContent = text;
  }

  #set(step: number): void {
    this.#step.value = String(step);
    this.#step.dispatchEvent(new Event('input', { bubbles: true }));
  }

  #goTo(target: EventTarget | null): void {
    const word = this.#words.indexOf(target as HTMLElement);
    if (word < 0) return;
    this.#bar.pause();
    this.#set(word);
  }

  /** A finger or a pressed mouse scrubs; a mouse that only passes by does not. */
  #point({ clientX, buttons }: PointerEvent): void {
    if (buttons === 0) return;
    const { left, width } = this.child('stage').getBoundingClientRect();
    const share = Math.min(0.999, Math.max(0, (clientX - left) / width));
    this.#bar.pause();
    this.#set(Math.floor(share * this.#words.length));
  }

  #show(): void {
    const { words, probabilities } = this.#reading;
    const step = this.#step.valueAsNumber;
    const read = step + 1;
    for (let i = Math.min(read, this.#read); i < Math.max(read, this.#read); i++) {
      this.#words[i]!.classList.toggle('unread', i >= read);
    }
    this.#read = read;
    for (const word of this.child('words').querySelectorAll('.at')) word.classList.remove('at');
    this.#words[step]!.classList.add('at');
    const probability = probabilities[step]!;
    const { style } = this.child('stage');
    style.setProperty('--read', String(read / words.length));
    style.setProperty('--at', String((step + 0.5) / words.length));
    style.setProperty('--verdict', String(probability));
    const now = this.child('verdict-now');
    now.textContent = describeVerdict(probability);
    now.dataset['side'] = probability >= 0.5 ? 'positive' : 'negative';
    this.#step.setAttribute(
      'aria-valuetext',
      `word ${read} of ${words.length}, “${words[step]!.text}”: ${describeVerdict(probability)}`,
    );
  }
}

define('reading-figure', ReadingFigure);
