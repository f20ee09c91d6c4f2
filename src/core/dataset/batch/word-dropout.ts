import { createRandom } from '../../random.ts';
import type { Batch } from './batcher.ts';

/** Gives the batches of each epoch, from any of them on. */
interface Batches {
  readonly size: number;
  epoch(epoch: number, from?: number): Iterable<Batch>;
}

/** Keras's ids: those below the words' are marks, and 2 stands for an unknown word. */
const [FIRST_WORD_ID, OOV_ID] = [4, 2];

/**
 * The same batches with a share of the words unknown, other ones each time: a network that can't
 * count on any single word looks for more than one (Iyyer et al., ACL 2015). Which ones follows from
 * the seed, the epoch and the batch alone.
 *
 * @param share of the words, from 0 to below 1
 */
export function dropWords(batches: Batches, share: number, seed: number): Batches {
  if (share === 0) return batches;
  return {
    size: batches.size,
    *epoch(epoch, from = 0) {
      let index = from;
      for (const batch of batches.epoch(epoch, from)) {
        const random = createRandom(mix(seed, epoch, index++));
        const drop = (id: number): number =>
          id >= FIRST_WORD_ID && random.next() < share ? OOV_ID : id;
        yield { ...batch, ids: batch.ids.map(drop) };
      }
    },
  };
}

/** A seed for each batch: the generator itself makes neighbours unrelated. */
function mix(seed: number, epoch: number, batch: number): number {
  return (seed % 2 ** 16) * 2 ** 37 + epoch * 2 ** 24 + batch;
}
