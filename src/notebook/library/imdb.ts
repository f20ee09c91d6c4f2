import { compute } from '../../client/index.ts';
import type { Review, Split } from '../../client/index.ts';
import { createRandom } from '../../core/random.ts';
import { Vocabulary } from '../../core/text/index.ts';

/** Reviews of the starter sample that every split has at least. */
const STARTER = 400;

const vocabularies = new Map<number, Promise<Vocabulary>>();

/** The reviews, as cells read them. Texts and ids come from the worker, where the data are. */
export const imdb = {
  /** The first reviews of a split: the same ones each time, half of them positive. */
  load({ split = 'train', count = 100 }: { split?: Split; count?: number } = {}): Promise<
    readonly Review[]
  > {
    if (!(Number.isSafeInteger(count) && count >= 1 && count <= 5000)) {
      throw new RangeError(`count must be a whole number from 1 to 5000, not ${count}.`);
    }
    return compute.call('reviews', { split, from: 0, count });
  },

  /** One review, drawn by a seed. */
  async sample({
    split = 'train',
    seed = 1,
  }: { split?: Split; seed?: number } = {}): Promise<Review> {
    const from = createRandom(seed).int(STARTER);
    const [review] = await compute.call('reviews', { split, from, count: 1 });
    return review!;
  },

  /** The review with a row number of the data. */
  get(row: number): Promise<Review> {
    return compute.call('reviewAt', { row });
  },

  /**
   * The commonest words of the training half in the order of their frequency. All 124,252 would hold
   * the page for a moment.
   */
  vocabulary({ size = 20_000 }: { size?: number } = {}): Promise<Vocabulary> {
    const kept =
      vocabularies.get(size) ??
      compute.call('vocabulary', { size }).then((json) => Vocabulary.fromJSON(json));
    vocabularies.set(size, kept);
    kept.catch(() => vocabularies.delete(size));
    return kept;
  },
};
