import { splitGraphemes } from './graphemes.ts';
import type { Normalized, NormalizeOptions } from './normalize.ts';
import { anyOf, createNormalizer, KERAS_FILTERS } from './normalize.ts';
import type { Token, Tokenizer } from './token.ts';

const SPACE = ' ';
const NON_WHITESPACE = /\S+/g;
const KERAS_SEPARATORS = anyOf(KERAS_FILTERS + SPACE, '+');

/** The token that covers `[start, end)` of a normalised text. */
export function tokenAt(source: Normalized, start: number, end: number): Token {
  return {
    text: source.text.slice(start, end),
    start: source.startInSource(start),
    end: source.endInSource(end),
  };
}

/** Calls `visit` with the bounds of each word: a longest stretch without U+0020. */
export function forEachWord(text: string, visit: (start: number, end: number) => void): void {
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(SPACE, start);
    const end = space === -1 ? text.length : space;
    if (end > start) visit(start, end);
    start = end + 1;
  }
}

/**
 * One token per user-perceived character, that is per extended grapheme cluster of Unicode (UAX
 * #29): an emoji with its modifiers is one token, and so is a letter with its combining marks.
 * Spaces and punctuation are characters too, as with `char_level=True` in Keras, so nothing is
 * filtered.
 */
export function characterTokenizer(options: Omit<NormalizeOptions, 'filters'> = {}): Tokenizer {
  const normalizeText = createNormalizer({ ...options, filters: '' });
  return {
    name: 'character',
    tokenize(text) {
      const source = normalizeText(text);
      let start = 0;
      return splitGraphemes(source.text).map((grapheme) => {
        const token = tokenAt(source, start, start + grapheme.length);
        start += grapheme.length;
        return token;
      });
    },
  };
}

/**
 * Splits at white space (JavaScript's `\s`, which is Unicode's white space and U+FEFF) and leaves
 * punctuation on its word. `filters` is empty unless given.
 */
export function whitespaceTokenizer(options: NormalizeOptions = {}): Tokenizer {
  const normalizeText = createNormalizer({ filters: '', ...options });
  return {
    name: 'whitespace',
    tokenize(text) {
      const source = normalizeText(text);
      return Array.from(source.text.matchAll(NON_WHITESPACE), ({ 0: word, index }) =>
        tokenAt(source, index, index + word.length),
      );
    },
  };
}

/**
 * Words by the rules of Keras's `text_to_word_sequence`: lower-case, turn each filter character
 * into a space, split at spaces (U+0020 alone, so a no-break space stays inside its word) and drop
 * what is empty.
 *
 * Normalising `text.slice(start, end)` gives back the token's text. The one exception is Greek: as
 * in Keras, a capital sigma is lower-cased before the text is split, so in "ΑΣ.Β" it is not final.
 */
export function wordTokenizer(options: NormalizeOptions = {}): Tokenizer {
  const normalizeText = createNormalizer(options);
  return {
    name: 'word',
    tokenize(text) {
      const source = normalizeText(text);
      const tokens: Token[] = [];
      forEachWord(source.text, (start, end) => tokens.push(tokenAt(source, start, end)));
      return tokens;
    },
  };
}

/**
 * Keras's `text_to_word_sequence` with its defaults, without spans: the fast path for a corpus.
 * Equal to the texts of `wordTokenizer().tokenize(text)`.
 */
export function tokenizeWords(text: string): string[] {
  const words = text.toLowerCase().split(KERAS_SEPARATORS);
  return words.filter((word) => word !== '');
}
