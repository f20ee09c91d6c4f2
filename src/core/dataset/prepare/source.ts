import { KERAS_FILTERS } from '../../text/normalize.ts';
import type { Label, Split } from '../types.ts';

/** A review as its source gives it. */
export interface SourceReview {
  /** 0-based number of the record in the source; refused records count too. */
  readonly row: number;
  readonly text: string;
  readonly label: Label;
  /** Undefined when the source has no split. */
  readonly split: Split | undefined;
}

/** A record that cannot be used: the place (line, item, file) and the reason. */
export interface Rejection {
  readonly where: string;
  readonly reason: string;
}

/** What came out of a source: nothing is dropped without an entry in `rejected`. */
export interface ParsedSource {
  readonly reviews: readonly SourceReview[];
  readonly rejected: readonly Rejection[];
}

/** A source that cannot be read as a whole. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
}

/** The values of one record, as read. */
export interface Fields {
  readonly text: unknown;
  readonly label: unknown;
  readonly split?: unknown;
}

const LABELS = new Map<string, Label>([
  ['0', 0],
  ['neg', 0],
  ['negative', 0],
  ['1', 1],
  ['pos', 1],
  ['positive', 1],
]);
const SPLIT_NAMES = new Map<string, Split>([
  ['train', 'train'],
  ['training', 'train'],
  ['validation', 'validation'],
  ['valid', 'validation'],
  ['val', 'validation'],
  ['dev', 'validation'],
  ['test', 'test'],
  ['testing', 'test'],
]);
const NO_WORDS = new Set(`${KERAS_FILTERS} \r\f\v\u00a0\ufeff`);

/** Collects the records of a source, in order, and keeps account of those it refuses. */
export class SourceCollector {
  readonly #reviews: (SourceReview & { readonly where: string })[] = [];
  readonly #rejected: Rejection[] = [];
  #row = 0;

  /** Takes one record. `where` names its place for a reader, as "line 12". */
  add(where: string, fields: Fields): void {
    const row = this.#row++;
    const label = LABELS.get(keyOf(fields.label));
    const split = SPLIT_NAMES.get(keyOf(fields.split));
    const { text } = fields;
    if (typeof text !== 'string') {
      this.#reject(where, `the text is ${show(text)}`);
    } else if (!hasWords(text)) {
      this.#reject(where, 'the text has no words');
    } else if (label === undefined) {
      this.#reject(
        where,
        `the label is ${show(fields.label)}, not 0, 1, neg, pos, negative or positive`,
      );
    } else if (split === undefined && keyOf(fields.split) !== '') {
      this.#reject(where, `the split is ${show(fields.split)}, not train, validation or test`);
    } else {
      this.#reviews.push({ row, text, label, split, where });
    }
  }

  /** Takes one record that could not even be read. */
  addUnreadable(where: string, reason: string): void {
    this.#row++;
    this.#reject(where, reason);
  }

  /** @throws SourceError when no record could be used. */
  finish(): ParsedSource {
    const someHaveSplit = this.#reviews.some((review) => review.split !== undefined);
    const reviews: SourceReview[] = [];
    for (const { where, ...review } of this.#reviews) {
      if (someHaveSplit && review.split === undefined) {
        this.#reject(where, 'the split is missing, though other records have one');
      } else {
        reviews.push(review);
      }
    }
    const first = this.#rejected[0];
    if (reviews.length === 0) {
      const why = first === undefined ? 'it is empty' : `${first.where}: ${first.reason}`;
      throw new SourceError(`The input has no usable review (${why}).`);
    }
    return { reviews, rejected: this.#rejected };
  }

  #reject(where: string, reason: string): void {
    this.#rejected.push({ where, reason });
  }
}

function keyOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? String(value).trim().toLowerCase()
    : '';
}

function hasWords(text: string): boolean {
  for (const character of text) if (!NO_WORDS.has(character)) return true;
  return false;
}

function show(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'missing';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 40 ? `${json.slice(0, 40)}…` : json;
}
