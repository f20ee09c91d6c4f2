import { percent, whole } from '../lab/format.ts';

/** What is left of reviews that are cut after `words` words, in a sentence. */
export function describeCut(
  words: number,
  cut: { readonly whole: number; readonly words: number },
): string {
  return (
    `${whole(words)} words: ${percent(cut.whole)} of reviews stay whole, ` +
    `${percent(cut.words)} of words are read.`
  );
}
