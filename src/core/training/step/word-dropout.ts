import type { Batch } from '../../dataset/batch/batcher.ts';
import { createRandom } from '../../random.ts';
import type { WordDropoutSettings } from '../settings.ts';

/**
 * A batch in which a share of the words, drawn anew at each step, is read as unknown, so that no
 * verdict hangs on a few of them (Iyyer, Manjunatha, Boyd-Graber & Daumé, ACL 2015).
 */
export function dropWords(
  batch: Batch,
  { rate, unknownId, firstWordId }: WordDropoutSettings,
  seed: number,
): Batch {
  const random = createRandom(seed);
  const ids = batch.ids.map((id) => (id >= firstWordId && random.next() < rate ? unknownId : id));
  return { ...batch, ids };
}
