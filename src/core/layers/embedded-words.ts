import type * as tf from '@tensorflow/tfjs';

/** The words behind an embedding's output. */
export interface EmbeddedWords {
  /** [B, T]: whole numbers. */
  readonly ids: tf.Tensor2D;
  /** [V, E] */
  readonly embeddings: tf.Tensor2D;
}

const sources = new WeakMap<tf.Tensor, EmbeddedWords>();

/**
 * Remembers which words a tensor was looked up from. A recurrent layer that reads that very tensor
 * can then take the words themselves, and project each distinct one once.
 */
export function rememberWords(output: tf.Tensor, words: EmbeddedWords): void {
  sources.set(output, words);
}

/** The words behind a tensor; undefined if anything was done to it since the look-up. */
export function wordsBehind(output: tf.Tensor): EmbeddedWords | undefined {
  return sources.get(output);
}
