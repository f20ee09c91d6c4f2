import { compute } from '../../client/index.ts';
import type { ModelRef, Review } from '../../client/index.ts';
import { keptModels, listKept, mayHaveKept } from '../lab/kept-models.ts';
import { messageOf, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import type { InspectorPane } from './inspector-pane.ts';
import { Chooser } from './chooser.ts';
import { keyOf, titleOf, TRAINED_HERE } from './model-names.ts';
import type { ShippedModel } from './model-names.ts';
import { fromAddress, toAddress } from './permalink.ts';
import type { ReviewSource } from './permalink.ts';
import { reviewSearch } from './review-search.ts';
import { RUN_MOMENT } from './run-moment.ts';

/** Lets the reader choose models and a review, and keeps the address in step. */
class InspectPage extends LiveElement {
  /** A model of this page's run that stands in for one of the list. */
  #moment: ModelRef | undefined;
  #latest = 0;
  #chooser = new Chooser((part) => this.child(part), []);
  /** The review that is shown, as it was asked for. */
  #shown: { readonly source: ReviewSource; readonly text: string } | undefined;

  protected connect(signal: AbortSignal): void {
    this.#chooser = new Chooser((part) => this.child(part), this.#models);
    const on = (part: string, type: string, act: (event: Event) => void): void =>
      this.child(part).addEventListener(type, act, { signal });
    on('form', 'submit', (event) => {
      event.preventDefault();
      this.#moment = undefined;
      void this.#look();
    });
    on('source', 'change', () => this.#chooser.showSource());
    on('copy', 'click', () => void this.#copy());
    on('file', 'change', () => void this.#openFile());
    this.addEventListener(
      RUN_MOMENT,
      (event) => {
        const { detail } = event as CustomEvent<ModelRef>;
        this.#moment = detail;
        this.#chooser.takeHere(TRAINED_HERE);
        void this.#look();
      },
      { signal },
    );
    const find = (part: string): HTMLElement => this.child(part);
    reviewSearch(
      {
        query: this.child<HTMLInputElement>('query'),
        search: find('search'),
        searchAll: find('search-all'),
        said: find('found-text'),
        list: find('found'),
      },
      signal,
      (row) => {
        this.#chooser.take({ kind: 'row', row });
        void this.#look();
      },
    );
    this.watch(() => {
      for (const { name } of keptModels.value) {
        this.#chooser.offer(`kept:${name}`, `${name} (kept here)`);
      }
    });
    this.watch(() => {
      const view = this.#panes[0]!.inspection.view.value;
      // Two models are looked at in the same way, as far as both can be.
      if (!this.#panes[1]!.hidden) this.#panes[1]!.inspection.look(view);
      if (this.#shown) this.#writeAddress();
    });
    void this.#open();
  }

  get #panes(): readonly [InspectorPane, InspectorPane] {
    const [first, second] = this.querySelectorAll<InspectorPane>('inspector-pane');
    return [first!, second!];
  }

  get #models(): readonly ShippedModel[] {
    return JSON.parse(this.dataset['models']!) as ShippedModel[];
  }

  /** Takes over what the address asks for. */
  async #open(): Promise<void> {
    const { model, compared, source, view, problems } = fromAddress(location, this.#models);
    if (mayHaveKept()) await listKept().catch(() => {});
    const missing = [model, compared].filter(
      (key) =>
        key.startsWith('kept:') && !keptModels.value.some(({ name }) => `kept:${name}` === key),
    );
    const all = [
      ...problems,
      ...missing.map((key) => `This browser keeps no model ${JSON.stringify(key.slice(5, 45))}.`),
    ];
    this.#say('problem', all.join(' '));
    if (!missing.includes(model)) this.#chooser.select('model', model);
    if (!missing.includes(compared)) this.#chooser.select('compare', compared);
    this.#panes[0].inspection.view.value = view;
    if (source) this.#chooser.take(source);
    // Without a link nothing heavy loads before the reader asks.
    if (source && problems.length === 0 && missing.length === 0) await this.#look();
  }

  /** Shows the review that is chosen with the models that are. */
  async #look(): Promise<void> {
    const asked = ++this.#latest;
    this.#say('problem', '');
    try {
      const source = this.#chooser.source();
      if (source.kind === 'row') this.#say('truth', `Fetching row ${whole(source.row)} …`);
      const review = source.kind === 'row' ? await fetchReview(source.row) : undefined;
      if (asked !== this.#latest) return;
      this.#say('truth', review ? describe(review) : 'Your own review: nobody knows its label.');
      const text = review?.text ?? (source as { text: string }).text;
      this.#shown = { source, text };
      this.#writeAddress();
      const second = this.#chooser.key('compare');
      const [first, other] = this.#panes;
      other.hidden = second === '';
      this.classList.toggle('is-comparing', !other.hidden);
      const ref = this.#moment ?? this.#chooser.refOf('model');
      const shows = [first.inspection.show({ model: ref, name: this.#nameOf(ref), text })];
      if (second === '') other.inspection.stop();
      else {
        const model = this.#chooser.refOf('compare');
        shows.push(other.inspection.show({ model, name: this.#nameOf(model), text }));
      }
      await Promise.all(shows);
    } catch (error) {
      if (asked !== this.#latest) return;
      this.#say('truth', '');
      this.#say('problem', messageOf(error));
    }
  }

  #nameOf(ref: ModelRef): string {
    return titleOf(ref, this.#models, this.#chooser.hereLabel);
  }

  #writeAddress(): void {
    const { source } = this.#shown!;
    const model = this.#moment ? keyOf(this.#moment) : this.#chooser.key('model');
    const compared = this.#chooser.key('compare');
    const { view } = this.#panes[0].inspection;
    const address = toAddress({ model, compared, source, view: view.value });
    history.replaceState(null, '', `${location.pathname}${address}`);
  }

  /** Opens a model that was downloaded earlier, and looks into it. */
  async #openFile(): Promise<void> {
    const input = this.child<HTMLInputElement>('file');
    const [file] = input.files ?? [];
    input.value = '';
    if (!file) return;
    try {
      const zip = new Uint8Array(await file.arrayBuffer());
      await compute.call('openModel', { zip });
      this.#moment = undefined;
      this.#chooser.takeHere(file.name);
      await this.#look();
    } catch (error) {
      this.#say('problem', messageOf(error));
    }
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#say(
        'truth',
        'The link is copied. Your own text stands behind its #: no server sees it.',
      );
    } catch {
      this.#say('truth', 'The browser refused; copy the address of this page instead.');
    }
  }

  #say(part: string, text: string): void {
    const place = this.child(part);
    place.textContent = text;
    if (part === 'problem') place.hidden = text === '';
  }
}

const fetchReview = (row: number): Promise<Review> => compute.call('reviewAt', { row });

function describe({ row, label, split }: Review): string {
  const names = { train: 'training', validation: 'validation', test: 'test' };
  const verdict = label === 1 ? 'positive' : 'negative';
  return `Row ${whole(row)}, a ${names[split]} review. Its author’s rating was ${verdict}.`;
}

define('inspect-page', InspectPage);
