import { compute } from '../../client/index.ts';
import type { ModelRef } from '../../client/index.ts';
import { messageOf } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { refOf, titleOf } from './model-names.ts';
import type { ShippedModel } from './model-names.ts';
import { RUN_MOMENT } from './run-moment.ts';
import { sharedInspection } from './shared-inspection.ts';

/** Names of what the live figures of a lesson look at: a model that came with the site, and a run. */
const [SHIPPED, RUN] = ['lesson', 'lesson-run'];

/** Shows a review to the live figures of a lesson. */
class ReviewPicker extends LiveElement {
  /** A late answer must not replace a newer one of its place. */
  readonly #latest = new Map<string, number>();

  protected connect(signal: AbortSignal): void {
    const review = this.#select('review');
    review.addEventListener('change', () => (this.child('own').hidden = review.value !== 'own'), {
      signal,
    });
    this.child('form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        const ref = refOf(this.#select('model').value, this.#models);
        if (ref) void this.#show(SHIPPED, ref);
      },
      { signal },
    );
    document.addEventListener(
      RUN_MOMENT,
      (event) => void this.#show(RUN, (event as CustomEvent<ModelRef>).detail),
      { signal },
    );
  }

  async #show(place: string, model: ModelRef): Promise<void> {
    const asked = (this.#latest.get(place) ?? 0) + 1;
    this.#latest.set(place, asked);
    const isNew = (): boolean => this.#latest.get(place) === asked;
    let message = '';
    try {
      const text = await this.#text();
      if (!isNew()) return;
      const name = titleOf(model, this.#models);
      await sharedInspection(place).show({ model, name, text });
    } catch (error) {
      message = messageOf(error);
    }
    if (!isNew()) return;
    const problem = this.child('problem');
    problem.textContent = message;
    problem.hidden = message === '';
  }

  /** @throws RangeError when there is none */
  async #text(): Promise<string> {
    const { value } = this.#select('review');
    if (value !== 'own') return (await compute.call('reviewAt', { row: Number(value) })).text;
    const text = this.child<HTMLTextAreaElement>('text').value;
    if (text.trim() === '') throw new RangeError('Write a few words about a film first.');
    return text;
  }

  get #models(): readonly ShippedModel[] {
    return JSON.parse(this.dataset['models']!) as ShippedModel[];
  }

  #select(part: string): HTMLSelectElement {
    return this.child<HTMLSelectElement>(part);
  }
}

define('review-picker', ReviewPicker);
