/** How the end-of-word mark is written where it has to be seen. */
export const END_OF_WORD = '</w>';

/**
 * A unit of byte-pair encoding: some characters of one word.
 *
 * The end-of-word mark of Sennrich et al. is a flag here, not part of the text, so a subword's text
 * is what the reader sees. Only the last subword of a word carries it.
 */
export interface Subword {
  readonly text: string;
  readonly wordEnd: boolean;
}

/** The subword with its mark, as in "est</w>": different for different subwords. */
export function markedText({ text, wordEnd }: Subword): string {
  return wordEnd ? text + END_OF_WORD : text;
}
