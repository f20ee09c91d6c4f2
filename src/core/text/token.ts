/** A piece of a text, with the place in the original text that it came from. */
export interface Token {
  /** The token as the model sees it: normalised (lower-cased, for instance). */
  readonly text: string;
  /** First UTF-16 code unit of the token in the original text. */
  readonly start: number;
  /** One past the last UTF-16 code unit; always greater than `start`. */
  readonly end: number;
}

/** Cuts texts into tokens. Tokens come in reading order and do not overlap. */
export interface Tokenizer {
  readonly name: string;
  tokenize(text: string): Token[];
}
