import { tokenizeWords } from '../../text/tokenize.ts';
import { Vocabulary } from '../../text/vocabulary.ts';

/** Every review as vocabulary ranks. */
export interface TokenizedCorpus {
  readonly vocabulary: Vocabulary;
  /** One array of ranks per review, in the order of the texts. */
  readonly documents: readonly Uint32Array[];
}

/**
 * Tokenises all texts by Keras's rules and ranks their words. As in Keras, ranks come from the
 * original training half alone (train and validation); words that only occur in test follow.
 *
 * @param inTest whether the review at an index belongs to test.
 * @param onReview called after each review with the number done so far.
 */
export function tokenizeCorpus(
  texts: readonly string[],
  inTest: (index: number) => boolean,
  onReview: (done: number) => void,
): TokenizedCorpus {
  const documents: Uint32Array[] = [];
  const numbers = new Map<string, number>();
  let done = 0;

  // Tokenises while the vocabulary reads, so that the words of all reviews never lie in memory at
  // once: what stays is one number per word, in order of first appearance.
  function* wordsOf(test: boolean): Generator<string[]> {
    for (const [index, text] of texts.entries()) {
      if (inTest(index) !== test) continue;
      const words = tokenizeWords(text);
      documents[index] = Uint32Array.from(words, (word) => {
        const known = numbers.get(word);
        if (known !== undefined) return known;
        numbers.set(word, numbers.size);
        return numbers.size - 1;
      });
      yield words;
      onReview(++done);
    }
  }
  const vocabulary = Vocabulary.fit(wordsOf(false)).withUnseen(wordsOf(true));

  const ranks = Uint32Array.from(numbers.keys(), (word) => vocabulary.indexOf(word));
  for (const document of documents) {
    for (let i = 0; i < document.length; i++) document[i] = ranks[document[i]!]!;
  }
  return { vocabulary, documents };
}
