import { BAG_SCHEME, bagTable, tokensOf } from '../dataset/batch/bag-table.ts';
import { Batcher } from '../dataset/batch/batcher.ts';
import type { BatchOptions } from '../dataset/batch/batcher.ts';
import { logCountRatios } from '../dataset/naive-bayes.ts';
import type { TokenTable } from '../dataset/types.ts';
import type { ModelSettings } from '../models/settings/index.ts';
import { commonestBigrams } from '../text/bigrams.ts';
import type { Bigrams } from '../text/bigrams.ts';
import { FIRST_WORD_ID } from '../text/encoding-scheme.ts';
import type { Vocabulary } from '../text/vocabulary.ts';
import { learnWordVectors, WORD_VECTORS } from '../text/word-vectors.ts';
import type { WordSequences } from '../text/word-vectors.ts';

/** Reviews in a batch when the model only reads: nothing is kept for a backward pass. */
const EVALUATION_BATCH = 128;
/** Reviews of like length share a batch: this many groups mix them well and waste little padding. */
const BUCKETS = 20;

/** Reviews of any split as a network of some settings reads them. */
export class EncodedReviews {
  /** Word pairs with ids of their own, found in the training reviews. */
  readonly bigrams: Bigrams | undefined;
  readonly #settings: ModelSettings;
  readonly #vocabulary: Vocabulary;
  readonly #train: TokenTable;

  /** @param train the training reviews, in ranks of the vocabulary */
  constructor(train: TokenTable, vocabulary: Vocabulary, settings: ModelSettings) {
    const { numWords, bigrams } = settings.text;
    this.#settings = settings;
    this.#vocabulary = vocabulary;
    this.bigrams =
      bigrams === 0 ? undefined : commonestBigrams(this.#wordIds(train), numWords, bigrams);
    this.#train = this.#encode(train);
  }

  /** The training batches: in a new order each epoch. */
  training(): Batcher {
    const { batchSize, bucketed, seed } = this.#settings.training;
    const buckets = bucketed ? { buckets: BUCKETS } : {};
    return this.#batcher(this.#train, { batchSize, seed, ...buckets });
  }

  /** Batches of other reviews, in their own order. */
  reading(table: TokenTable, batchSize = EVALUATION_BATCH): Batcher {
    const buckets = this.#settings.training.bucketed ? { buckets: 1 } : {};
    return this.#batcher(this.#encode(table), { batchSize, shuffle: false, ...buckets });
  }

  /** Of each id, how much it speaks for a positive training review; see {@link logCountRatios}. */
  naiveBayes(): Float32Array {
    const { numWords, bigrams } = this.#settings.text;
    const size = numWords + bigrams;
    // The tokens of a bag are ids less one.
    const ratios = new Float32Array(size);
    ratios.set(logCountRatios(this.#train, size - 1), 1);
    return ratios;
  }

  /**
   * Learns a vector for each word from its neighbours in the training reviews: [ids, embeddingDim].
   *
   * @yields the share that is done
   */
  wordVectors(): Generator<number, Float32Array> {
    const { text, network, training } = this.#settings;
    return learnWordVectors(this.#sequences(), {
      ...WORD_VECTORS,
      size: text.numWords,
      firstWordId: FIRST_WORD_ID,
      dim: network.embeddingDim,
      seed: training.seed,
    });
  }

  get #isBag(): boolean {
    const { bigrams, distinct } = this.#settings.text;
    return bigrams > 0 || distinct;
  }

  #encode(table: TokenTable): TokenTable {
    if (!this.#isBag) return table;
    const { numWords, distinct } = this.#settings.text;
    const encode = (tokens: Uint32Array) => this.#vocabulary.encodeIndices(tokens, { numWords });
    return bagTable(table, encode, this.bigrams, distinct);
  }

  #batcher(table: TokenTable, options: Omit<BatchOptions, 'maxlen'>): Batcher {
    const { numWords, bigrams, maxlen, padding, truncating } = this.#settings.text;
    const size = numWords + bigrams;
    const sequence = { maxlen, padding, truncating, ...options };
    return this.#isBag
      ? new Batcher(
          table,
          { size: size - 1 },
          { ...sequence, scheme: { ...BAG_SCHEME, numWords: size } },
        )
      : new Batcher(table, this.#vocabulary, { ...sequence, scheme: { numWords } });
  }

  #sequences(): WordSequences {
    const { offsets, tokens } = this.#train;
    const ids = new Int32Array(tokens.length);
    let at = 0;
    for (const review of this.#wordIds(this.#train)) {
      ids.set(review, at);
      at += review.length;
    }
    return { ids, offsets };
  }

  *#wordIds(table: TokenTable): Generator<number[]> {
    const { numWords } = this.#settings.text;
    for (const i of table.rows.keys()) {
      yield this.#vocabulary.encodeIndices(tokensOf(table, i), { numWords, startId: null });
    }
  }
}
