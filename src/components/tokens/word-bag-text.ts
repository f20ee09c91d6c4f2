import { signed } from '../lab/format.ts';
import { countVectors, oneHot, Vocabulary } from '../../core/text/index.ts';

/** A sentence as one-hot rows, and as a bag. */
export interface Bag {
  /** Columns: the different words, in the order of the alphabet. */
  readonly words: readonly string[];
  /** One row a place: 1 in the column of its word. Shape [places, words], row-major. */
  readonly rows: Float32Array;
  /** The sum of the rows. Shape [words]. */
  readonly counts: Float32Array;
}

/** @param sentence its words in their order */
export function bagOf(sentence: readonly string[]): Bag {
  const words = [...new Set(sentence)].sort();
  const vocabulary = Vocabulary.fromJSON({ words, counts: words.map(() => 0) });
  const ids = vocabulary.encode(sentence, { startId: null, oovId: null, indexFrom: 0 });
  const columns = ids.map((id) => id - 1);
  return {
    words,
    rows: oneHot(columns, words.length).values,
    counts: countVectors([columns], words.length).values,
  };
}

/** The sum of the words’ weights, each as often as it occurs. */
export function scoreOf(bag: Bag, weights: Readonly<Record<string, number>>): number {
  return bag.words.reduce((sum, word, i) => sum + bag.counts[i]! * (weights[word] ?? 0), 0);
}

/** What a bag makes of the sentence. */
export function describeScore(score: number): string {
  const side = score < 0 ? 'negative' : 'positive';
  return `Sum of the weights: ${signed(score)}, so ${side}.`;
}
