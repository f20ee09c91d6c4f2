import type { ModelRef } from '../../client/index.ts';
import { refOf, titleOf } from './model-names.ts';
import type { ShippedModel } from './model-names.ts';
import type { ReviewSource } from './permalink.ts';

type ModelField = 'model' | 'compare';

const FIELDS: readonly ModelField[] = ['model', 'compare'];
/** Name in addresses of the model that was trained or opened on the page. */
const HERE = 'here';
const SOURCES = ['row', 'search', 'text'] as const;

/** The form in which models and a review are chosen. */
export class Chooser {
  readonly #find: <E extends HTMLElement>(part: string) => E;
  readonly #models: readonly ShippedModel[];

  constructor(find: <E extends HTMLElement>(part: string) => E, models: readonly ShippedModel[]) {
    this.#find = find;
    this.#models = models;
  }

  /** The name of a chosen model in addresses; '' for none. */
  key(field: ModelField): string {
    return this.#select(field).value;
  }

  /**
   * The models that will read, one or two, and how they are called.
   *
   * @param moment stands in for the first one
   * @throws RangeError when there is no model to choose
   */
  subjects(moment?: ModelRef): { readonly model: ModelRef; readonly name: string }[] {
    const refs = [moment ?? this.#refOf('model')];
    if (this.key('compare') !== '') refs.push(this.#refOf('compare'));
    return refs.map((model) => ({ model, name: titleOf(model, this.#models, this.#hereLabel) }));
  }

  /** Adds a model to both lists, unless it stands there. */
  offer(key: string, label: string): void {
    for (const field of FIELDS) {
      const select = this.#select(field);
      const isThere = [...select.options].some(({ value }) => value === key);
      if (!isThere) select.add(new Option(label, key));
    }
  }

  /** Chooses a model by its name in addresses; '' changes nothing. */
  select(field: ModelField, key: string): void {
    if (key === '') return;
    if (key.startsWith('kept:')) this.offer(key, `${key.slice('kept:'.length)} (kept here)`);
    this.#select(field).value = key;
  }

  /** A model was trained or opened on this page: it can be chosen from now on, and is. */
  takeHere(label: string): void {
    this.offer(HERE, label);
    for (const field of FIELDS) {
      const option = [...this.#select(field).options].find(({ value }) => value === HERE);
      option!.text = label;
    }
    this.select('model', HERE);
  }

  /** How the model that was trained or opened here is called. */
  get #hereLabel(): string {
    const option = [...this.#select('model').options].find(({ value }) => value === HERE);
    return option?.text ?? '';
  }

  /** @throws RangeError saying what is missing */
  source(): ReviewSource {
    if (this.#kind === 'text') {
      const text = this.#find<HTMLTextAreaElement>('text').value;
      if (text.trim() === '') throw new RangeError('Write a few words about a film first.');
      return { kind: 'text', text };
    }
    const row = this.#find<HTMLInputElement>('row').valueAsNumber;
    if (Number.isSafeInteger(row) && row >= 0) return { kind: 'row', row };
    throw new RangeError('The row must be a whole number of at least 0.');
  }

  /** Chooses a review. */
  take(source: ReviewSource): void {
    if (source.kind === 'row') this.#find<HTMLInputElement>('row').value = String(source.row);
    else this.#find<HTMLTextAreaElement>('text').value = source.text;
    this.#radio(source.kind).checked = true;
    this.showSource();
  }

  /** Shows the fields of the way to a review that is chosen. */
  showSource(): void {
    for (const one of SOURCES) this.#find(`by-${one}`).hidden = one !== this.#kind;
  }

  get #kind(): string {
    return SOURCES.find((kind) => this.#radio(kind).checked) ?? 'row';
  }

  #refOf(field: ModelField): ModelRef {
    const ref = refOf(this.key(field), this.#models);
    if (!ref) throw new RangeError('This site came without trained models: train one below.');
    return ref;
  }

  #radio(kind: string): HTMLInputElement {
    return this.#find('source').querySelector<HTMLInputElement>(`[value="${kind}"]`)!;
  }

  #select(field: ModelField): HTMLSelectElement {
    return this.#find<HTMLSelectElement>(field);
  }
}
