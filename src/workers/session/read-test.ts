import { tokensOf } from '../../core/dataset/batch/bag-table.ts';
import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import type { Pipeline } from '../../core/pipeline.ts';
import { reviewsOf } from '../../core/pipeline/sample.ts';
import type { Sample } from '../../core/pipeline/sample.ts';
import { evaluateScores, scoreReviews } from '../../core/training/evaluation/evaluate.ts';
import type { ReadingProgress, TestReading } from '../../protocol/compute.ts';

const BATCH = 100;

/** Reads the test reviews of a sample once; nothing is learnt from them. */
export async function readTest(
  { model, reviews, settings }: Pipeline,
  dataset: Dataset,
  sample: Sample,
  signal: AbortSignal,
  emit: (progress: ReadingProgress) => void,
): Promise<TestReading> {
  const table = reviewsOf(dataset, 'test', sample);
  const total = table.rows.length;
  let read = 0;
  const mayGoOn = async (): Promise<boolean> => {
    emit({ type: 'reading', reviews: Math.min(total, read), total });
    read += BATCH;
    return !signal.aborted;
  };
  const scores = await scoreReviews(model, reviews.reading(table, BATCH).epoch(0), { mayGoOn });
  if (!scores) throw signal.reason;
  const { numWords } = settings.text;
  const words = table.rows.map((_, i) => tokensOf(table, i).length);
  const unknown = Float32Array.from(words, (count, i) => {
    const known = dataset.vocabulary.encodeIndices(tokensOf(table, i), {
      numWords,
      startId: null,
      oovId: null,
    }).length;
    return count === 0 ? 0 : 1 - known / count;
  });
  return {
    evaluation: evaluateScores(scores),
    probabilities: scores.logits.map((logit) => 1 / (1 + Math.exp(-logit))),
    labels: Uint8Array.from(scores.labels),
    rows: table.rows.slice(),
    words,
    unknown,
  };
}
