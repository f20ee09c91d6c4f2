import type { Preprocessing } from '../models/preprocessing.ts';
import type { TrainedModel } from '../models/trained-model.ts';
import { logitsOfAll } from './variants.ts';
import type { AskOptions } from './variants.ts';

/** Ids of a review with one of its words hidden: as an unknown word, or in a bag, taken out. */
export function occluded(
  ids: readonly number[],
  at: number,
  { oovId, padId, distinct, bigrams }: Preprocessing,
): number[] {
  if (distinct || bigrams > 0) return ids.toSpliced(at, 1);
  return ids.with(at, oovId ?? padId);
}

/**
 * How much of the logit each word is worth: the logit of the review as it is, less that of the review
 * with this word hidden. Above 0, the word speaks for a positive review. Marks and unknown words have
 * 0. Shape [ids].
 *
 * @throws the signal's reason
 */
export async function occlusion(
  trained: TrainedModel,
  ids: readonly number[],
  options?: AskOptions,
): Promise<Float32Array> {
  const { preprocessing } = trained;
  const places = ids.flatMap((id, at) => (id > preprocessing.indexFrom ? [at] : []));
  const variants = places.map((at) => occluded(ids, at, preprocessing));
  const [whole, ...without] = await logitsOfAll(trained, [ids, ...variants], options);
  const deltas = new Float32Array(ids.length);
  places.forEach((at, i) => (deltas[at] = whole! - without[i]!));
  return deltas;
}
