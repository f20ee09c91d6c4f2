import type { TrainedModel } from '../models/trained-model.ts';
import { embeddingOf } from './logit-gradient.ts';

/** A word whose vector points where another's does. */
export interface Neighbour {
  readonly word: string;
  /** Cosine of the angle between the vectors, −1 to 1. */
  readonly similarity: number;
}

/** A question that a model's embedding can't answer. */
export class NoNeighboursError extends Error {
  override readonly name = 'NoNeighboursError';
}

/**
 * The words whose vectors point most nearly in the direction of a word's, the nearest first.
 *
 * @throws NoNeighboursError if the model does not know the word, or has one number a word
 */
export async function neighbours(
  { model, preprocessing, words }: TrainedModel,
  word: string,
  count: number,
): Promise<Neighbour[]> {
  const { indexFrom, numWords } = preprocessing;
  const kept = words.slice(0, numWords - 1 - indexFrom);
  const rank = kept.indexOf(word);
  if (rank === -1) {
    throw new NoNeighboursError(`The model does not know ${JSON.stringify(word.slice(0, 60))}.`);
  }
  const [table] = embeddingOf(model).getWeights();
  const size = table!.shape[1]!;
  if (size < 2) {
    throw new NoNeighboursError('This model has one number a word: its words have no directions.');
  }
  const values = (await table!.data()) as Float32Array;
  const vector = (at: number): Float32Array => {
    const id = at + 1 + indexFrom;
    return values.subarray(id * size, (id + 1) * size);
  };
  const own = vector(rank);
  return kept
    .map((other, at) => ({ word: other, similarity: cosine(own, vector(at)) }))
    .filter((_, at) => at !== rank)
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  const length = Math.sqrt(squareA * squareB);
  return length === 0 ? 0 : dot / length;
}
