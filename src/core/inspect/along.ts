import { wordTokenizer } from '../text/tokenize.ts';
import type { Predictor } from './predictor.ts';

/** A word, and what the model would say if the text ended with it. */
export interface WordVerdict {
  readonly word: string;
  /** Of a positive review. */
  readonly probability: number;
  /** Whether the model knows the word. */
  readonly known: boolean;
}

/** Words whose verdicts are worked out: each costs a reading. */
export const MOST_WORDS = 400;

/** The model's verdict after each of a text's words, or of its first {@link MOST_WORDS}. */
export async function judgeAlong(
  predictor: Predictor,
  text: string,
): Promise<readonly WordVerdict[]> {
  const words = wordTokenizer().tokenize(text).slice(0, MOST_WORDS);
  const [whole] = await predictor.predict([text]);
  const unknown = new Set(whole!.oovWords);
  const verdicts = await predictor.predict(words.map(({ end }) => text.slice(0, end)));
  return words.map((word, i) => ({
    word: word.text,
    probability: verdicts[i]!.probability,
    known: !unknown.has(word.text),
  }));
}
