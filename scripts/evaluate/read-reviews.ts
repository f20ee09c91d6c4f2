import { BAG_SCHEME, bagTable } from '../../src/core/dataset/batch/bag-table.ts';
import { Batcher } from '../../src/core/dataset/batch/batcher.ts';
import type { TokenTable } from '../../src/core/dataset/types.ts';
import type { TrainedModel } from '../../src/core/models/trained-model.ts';
import { Bigrams } from '../../src/core/text/bigrams.ts';
import type { Vocabulary } from '../../src/core/text/vocabulary.ts';
import { evaluateScores, scoreReviews } from '../../src/core/training/evaluation/evaluate.ts';
import type { Evaluation } from '../../src/core/training/evaluation/evaluate.ts';

const BATCH = 128;
/** Another build of the kernels, with other rounding, moves a logit by less than this. */
const ROUNDING = 1e-3;

/** What a model makes of reviews. */
export interface ArchiveReading extends Evaluation {
  /** Reviews that other rounding may judge otherwise. */
  readonly undecided: number;
}

/**
 * Judges reviews with a model as its archive has it: with its own words, pairs, length and padding.
 *
 * @param table reviews in ranks of the vocabulary
 * @throws Error if the archive's words have other ranks than the vocabulary's
 */
export async function readReviews(
  trained: TrainedModel,
  table: TokenTable,
  vocabulary: Vocabulary,
): Promise<ArchiveReading> {
  checkRanks(trained.words, vocabulary);
  const scores = await scoreReviews(trained.model, batchesOf(trained, table, vocabulary).epoch(0));
  const undecided = scores!.logits.filter((logit) => Math.abs(logit) < ROUNDING).length;
  return { ...evaluateScores(scores!), undecided };
}

function checkRanks(words: readonly string[], vocabulary: Vocabulary): void {
  const rank = words.findIndex((word, i) => vocabulary.words[i] !== word);
  if (rank < 0) return;
  throw new Error(
    `The model’s word of rank ${rank} is ${JSON.stringify(words[rank])}, ` +
      `the data’s is ${JSON.stringify(vocabulary.words[rank])}: it was trained on other data.`,
  );
}

function batchesOf(
  { preprocessing, bigrams }: TrainedModel,
  table: TokenTable,
  vocabulary: Vocabulary,
): Batcher {
  const { numWords, padId, startId, oovId, indexFrom, distinct, masked } = preprocessing;
  const { maxlen, padding, truncating } = preprocessing;
  const scheme = { numWords, padId, startId, oovId, indexFrom };
  const order = { batchSize: BATCH, shuffle: false, ...(masked ? { buckets: 1 } : {}) };
  const options = { maxlen, padding, truncating, ...order };
  if (!bigrams && !distinct) return new Batcher(table, vocabulary, { ...options, scheme });
  const pairs = bigrams && new Bigrams(bigrams, numWords);
  const size = numWords + preprocessing.bigrams;
  const encode = (tokens: Uint32Array): number[] => vocabulary.encodeIndices(tokens, scheme);
  return new Batcher(
    bagTable(table, encode, pairs, distinct),
    { size: size - 1 },
    { ...options, scheme: { ...BAG_SCHEME, numWords: size } },
  );
}
