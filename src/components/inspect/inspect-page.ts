import { compute, ComputeError } from '../../client/index.ts';
import type { ModelRef } from '../../client/index.ts';
import { keptModels, listKept, mayHaveKept } from '../lab/kept-models.ts';
import { messageOf, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenIdle } from '../when-idle.ts';
import type { InspectorPane } from './inspector-pane.ts';
import { Chooser } from './chooser.ts';
import { describeReview } from './describe-review.ts';
import { keyOf, TRAINED_HERE } from './model-names.ts';
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
    on('again', 'click', () => void this.#look());
    void this.#open(signal);
  }

  get #panes(): readonly [InspectorPane, InspectorPane] {
    const [first, second] = this.querySelectorAll<InspectorPane>('inspector-pane');
    return [first!, second!];
  }

  get #models(): readonly ShippedModel[] {
    return JSON.parse(this.dataset['models']!) as ShippedModel[];
  }

  /** Takes over what the address asks for, and looks inside unless something is wrong with it. */
  async #open(signal: AbortSignal): Promise<void> {
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
    if (all.length > 0) return;
    whenIdle(() => {
      if (this.#latest === 0) void this.#look();
    }, signal);
  }

  /** Shows the review that is chosen with the models that are. */
  async #look(): Promise<void> {
    const asked = ++this.#latest;
    this.#say('problem', '');
    this.child('again').hidden = true;
    try {
      const source = this.#chooser.source();
      const looks = this.#chooser
        .subjects(this.#moment)
        .map((subject, i) => ({ ...subject, inspection: this.#panes[i]!.inspection }));
      for (const { inspection, name } of looks) inspection.announce(name);
      this.#compare(looks.length > 1);
      if (source.kind === 'row') this.#say('truth', `Fetching row ${whole(source.row)} …`);
      const review =
        source.kind === 'row' ? await compute.call('reviewAt', { row: source.row }) : undefined;
      if (asked !== this.#latest) return;
      this.#say(
        'truth',
        review ? describeReview(review) : 'Your own review: nobody knows its label.',
      );
      const text = review?.text ?? (source as { text: string }).text;
      this.#shown = { source, text };
      this.#writeAddress();
      await Promise.all(
        looks.map(({ inspection, ...subject }) => inspection.show({ ...subject, text })),
      );
    } catch (error) {
      if (asked !== this.#latest) return;
      for (const { inspection } of this.#panes) inspection.busy.value = '';
      this.#say('truth', '');
      this.#say('problem', messageOf(error));
      // Another try helps where something could not be had, not where there is no such thing.
      this.child('again').hidden = !(error instanceof ComputeError) || error.kind === 'RangeError';
    }
  }

  /** Shows the second pane, or puts it away. */
  #compare(both: boolean): void {
    const [, other] = this.#panes;
    other.hidden = !both;
    this.classList.toggle('is-comparing', both);
    if (!both) other.inspection.stop();
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

define('inspect-page', InspectPage);
