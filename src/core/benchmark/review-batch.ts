import { Batcher } from '../dataset/batch/batcher.ts';
import type { Dataset } from '../dataset/loader/dataset.ts';
import type { StepBatch, StepShape } from './shape.ts';

/** The first training reviews of the sealed order, padded and cut in front. */
export async function reviewBatch(dataset: Dataset, shape: StepShape): Promise<StepBatch> {
  await dataset.loadStarter();
  const batcher = new Batcher(dataset.table('train'), dataset.vocabulary, {
    batchSize: shape.batch,
    maxlen: shape.steps,
    scheme: { numWords: shape.vocabulary },
    shuffle: false,
  });
  const [first] = batcher.epoch(0);
  return first!;
}
