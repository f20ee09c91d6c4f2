import type { SourceMap } from './source-map.ts';
import { EditedSourceMap, IDENTITY } from './source-map.ts';

/**
 * The characters that Keras's `text_to_word_sequence` turns into spaces: ASCII punctuation without
 * the apostrophe, tab and newline.
 */
export const KERAS_FILTERS = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

export interface NormalizeOptions {
  /** Lower-case the text. Default true. */
  readonly lower?: boolean;
  /**
   * What becomes of the HTML line breaks `<br>`, `<br/>` and `<br />`, in either case: `'space'`
   * puts one space in the place of each; `'keep'`, as in Keras, leaves them to the filters, which
   * leave the word "br". Default `'keep'`.
   */
  readonly breaks?: 'keep' | 'space';
  /** Each of these characters becomes a space. Default {@link KERAS_FILTERS}; `''` for none. */
  readonly filters?: string;
}

/** A normalised text that knows where its parts came from. */
export interface Normalized extends SourceMap {
  readonly text: string;
}

/** `İ` (U+0130) is the one character whose lower-case form has another length: `i` and U+0307. */
const LENGTHENED = '\u0130';
const LENGTHENED_TO = 2;

const BREAK = /<br\s*\/?>/gi;
const BREAK_OR_LENGTHENED = /<br\s*\/?>|\u0130/gi;
const ONLY_LENGTHENED = /\u0130/g;

/** A pattern for any one of `characters`, of which there must be at least one. */
export function anyOf(characters: string, suffix = ''): RegExp {
  const escapes = Array.from(characters, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  return new RegExp(`[${escapes.join('')}]${suffix}`, 'gu');
}

/**
 * A function that normalises texts in Keras's order: line breaks, lower-casing, filters.
 *
 * Lower-casing is that of Unicode on the whole text, so a capital sigma depends on its neighbours,
 * as in Python. A filtered character outside the Basic Multilingual Plane becomes two spaces, which
 * keeps indices in step.
 *
 * @throws {TypeError} if `breaks` is neither `'keep'` nor `'space'`.
 */
export function createNormalizer(options: NormalizeOptions = {}): (text: string) => Normalized {
  const { lower = true, breaks = 'keep', filters = KERAS_FILTERS } = options;
  if (breaks !== 'keep' && breaks !== 'space') {
    throw new TypeError(`breaks must be 'keep' or 'space', not ${JSON.stringify(breaks)}`);
  }
  const filter = filters === '' ? null : anyOf(filters);
  return (text) => {
    let result = breaks === 'space' ? text.replace(BREAK, ' ') : text;
    if (lower) result = result.toLowerCase();
    if (filter) result = result.replace(filter, (c) => (c.length === 1 ? ' ' : '  '));
    const map = mapToSource(text, lower, breaks === 'space');
    return {
      text: result,
      startInSource: (index) => map.startInSource(index),
      endInSource: (index) => map.endInSource(index),
    };
  };
}

/** Normalises one text; see {@link createNormalizer}. */
export function normalize(text: string, options: NormalizeOptions = {}): Normalized {
  return createNormalizer(options)(text);
}

function mapToSource(text: string, lower: boolean, spaceBreaks: boolean): SourceMap {
  const lengthened = lower && text.includes(LENGTHENED);
  const broken = spaceBreaks && text.includes('<');
  if (!lengthened && !broken) return IDENTITY;
  const pattern = broken ? (lengthened ? BREAK_OR_LENGTHENED : BREAK) : ONLY_LENGTHENED;
  const map = new EditedSourceMap();
  for (const match of text.matchAll(pattern)) {
    const [found] = match;
    map.replace(match.index, found.length, found === LENGTHENED ? LENGTHENED_TO : 1);
  }
  return map;
}
