import { ORDERS, QUANTITIES } from './layer-view.ts';
import type { Quantity, UnitOrderName } from './layer-view.ts';
import type { ShippedModel } from './model-names.ts';
import { refOf } from './model-names.ts';

/** The review that is looked at. */
export type ReviewSource =
  | { readonly kind: 'row'; readonly row: number }
  | { readonly kind: 'text'; readonly text: string };

/** What of a layer is looked at. */
export interface View {
  /** '' is the first layer. */
  readonly layer: string;
  readonly quantity: Quantity;
  readonly order: UnitOrderName;
  /** From 0. */
  readonly unit: number;
}

/** What a link to the inspector opens. */
export interface Linked {
  readonly model: string;
  /** '' for none. */
  readonly compared: string;
  readonly source: ReviewSource | undefined;
  readonly view: View;
}

export const START_VIEW: View = { layer: '', quantity: 'h', order: 'own', unit: 0 };

/** Longest text that a link carries. */
const MOST_TEXT = 4000;
const MOST_ROW = 9_999_999;
const MOST_UNITS = 4096;

/**
 * Writes an address: a reader's own text stands behind the #, which no server gets to see.
 *
 * @returns such as `?model=lstm&row=12#text=…`
 */
export function toAddress({ model, compared, source, view }: Linked): string {
  const query = new URLSearchParams({ model });
  if (compared !== '') query.set('compare', compared);
  if (source?.kind === 'row') query.set('row', String(source.row));
  if (view.layer !== '') query.set('layer', view.layer);
  if (view.quantity !== START_VIEW.quantity) query.set('show', view.quantity);
  if (view.order !== START_VIEW.order) query.set('order', view.order);
  if (view.unit !== START_VIEW.unit) query.set('unit', String(view.unit + 1));
  const fits = source?.kind === 'text' && source.text.length <= MOST_TEXT;
  const hash = fits ? `#${new URLSearchParams({ text: source.text })}` : '';
  return `?${query}${hash}`;
}

/** Reads an address, which may come from anywhere: each value is checked, and problems are named. */
export function fromAddress(
  { search, hash }: { readonly search: string; readonly hash: string },
  shipped: readonly ShippedModel[],
): Linked & { readonly problems: readonly string[] } {
  const query = new URLSearchParams(search);
  const text = new URLSearchParams(hash.slice(1)).get('text');
  const problems: string[] = [];
  const model = (key: string): string => {
    const name = query.get(key) ?? '';
    if (name === '' || refOf(name, shipped)?.kind === 'shipped' || name.startsWith('kept:')) {
      return name;
    }
    problems.push(
      /^here(@|$)/.test(name)
        ? 'A model that was trained on this page went with it: train one again.'
        : `This site has no model ${quote(name)}.`,
    );
    return '';
  };
  const whole = (key: string, least: number, most: number): number | undefined => {
    const value = query.get(key);
    if (value === null) return undefined;
    if (/^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most) {
      return Number(value);
    }
    problems.push(`${key} must be a whole number from ${least} to ${most}, not ${quote(value)}.`);
    return undefined;
  };
  const choice = <K extends string>(key: string, options: Record<K, string>, standard: K): K => {
    const value = query.get(key);
    if (value === null) return standard;
    if (Object.hasOwn(options, value)) return value as K;
    const names = Object.keys(options).join(', ');
    problems.push(`${key} must be one of ${names}, not ${quote(value)}.`);
    return standard;
  };
  if (text !== null && text.length > MOST_TEXT) {
    problems.push(`A link carries a text of at most ${MOST_TEXT} characters.`);
  }
  const row = whole('row', 0, MOST_ROW);
  const view: View = {
    layer: (query.get('layer') ?? '').slice(0, 100),
    quantity: choice('show', QUANTITIES, START_VIEW.quantity),
    order: choice('order', ORDERS, START_VIEW.order),
    unit: (whole('unit', 1, MOST_UNITS) ?? 1) - 1,
  };
  const source: ReviewSource | undefined =
    text !== null && text.length <= MOST_TEXT
      ? { kind: 'text', text }
      : row === undefined
        ? undefined
        : { kind: 'row', row };
  return { model: model('model'), compared: model('compare'), source, view, problems };
}

const quote = (value: string): string => JSON.stringify(value.slice(0, 40));
