import * as tf from '@tensorflow/tfjs';
import type { RunSettings } from '../models/settings.ts';
import { padSequences } from '../text/pad-sequences.ts';
import { tokenizeWords } from '../text/tokenize.ts';
import type { Vocabulary } from '../text/vocabulary.ts';

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

/** Training has broken the model: it can't judge anything any more. */
class NoNumbersError extends Error {
  override readonly name = 'NoNumbersError';
}

/** Padding, start, out of vocabulary and one unused id stand before the words. */
const LAST_SPECIAL_ID = 3;

/**
 * Reads one review with a trained model: tokenise, encode, pad, run, sigmoid.
 *
 * @throws NoNumbersError when the model's answer is not a number
 */
export async function judge(
  model: tf.LayersModel,
  vocabulary: Vocabulary,
  settings: RunSettings,
  text: string,
): Promise<Verdict> {
  const words = tokenizeWords(text);
  if (words.length === 0) return { kind: 'empty' };
  const { numWords, maxlen, padding } = settings;
  const ids = vocabulary.encode(words, { numWords });
  const padded = padSequences([ids], { maxlen, padding, truncating: padding });
  if (!padded.ids.some((id) => id > LAST_SPECIAL_ID)) {
    return { kind: 'unknown', words: words.length };
  }
  const probability = await predictOne(model, padded.ids, maxlen);
  return {
    kind: 'verdict',
    probability,
    words: words.length,
    unknownWords: [...new Set(words.filter((word) => !isKept(vocabulary, word, numWords)))],
    cut: padded.cut[0]!,
  };
}

function isKept(vocabulary: Vocabulary, word: string, numWords: number): boolean {
  const [id] = vocabulary.encode([word], { numWords, startId: null, oovId: null });
  return id !== undefined;
}

async function predictOne(model: tf.LayersModel, ids: Int32Array, maxlen: number): Promise<number> {
  const probability = tf.tidy(() => {
    const logit = model.apply(tf.tensor2d(ids, [1, maxlen], 'int32'), { training: false });
    return tf.sigmoid(logit as tf.Tensor);
  });
  const [value] = await probability.data();
  probability.dispose();
  if (Number.isNaN(value)) {
    throw new NoNumbersError('The model’s weights are no longer numbers. Train it again.');
  }
  return value!;
}
