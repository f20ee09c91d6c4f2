import type { Predictor } from './predictor.ts';

/** A model's opinion of a review, or why it can have none. */
export type Verdict =
  | { readonly kind: 'empty' }
  /** Of the words that the model would read, not one is among the words kept. */
  | { readonly kind: 'unknown'; readonly words: number }
  | {
      readonly kind: 'verdict';
      /** Probability of a positive review, 0 to 1. */
      readonly probability: number;
      readonly words: number;
      /** Words outside the `numWords` kept, in their order, each once. */
      readonly unknownWords: readonly string[];
      /** Words that did not fit into `maxlen` timesteps. */
      readonly cut: number;
    };

/**
 * What the page shows of a prediction.
 *
 * @throws NoNumbersError when the model's answer is not a number
 */
export async function judge(predictor: Predictor, text: string): Promise<Verdict> {
  const [prediction] = await predictor.predict([text]);
  const { probability, tokens, known, cut, oovWords } = prediction!;
  const words = tokens + cut;
  if (words === 0) return { kind: 'empty' };
  if (known === 0) return { kind: 'unknown', words };
  return { kind: 'verdict', probability, words, unknownWords: oovWords, cut };
}
