import { openBuiltData } from '../scripts/built-data.ts';
import { Batcher } from '../src/core/dataset/batch/batcher.ts';

/** The step that is timed. */
export const SHAPE = {
  batch: 32,
  steps: 500,
  vocabulary: 10_000,
  embedding: 128,
  units: 64,
} as const;

export interface Batch {
  /** [batch, steps], row-major. 0 stands for padding. */
  readonly ids: Int32Array;
  /** 0 at padding; without it, padding is read like a word. */
  readonly mask: Int32Array | undefined;
  /** [batch] */
  readonly labels: Float32Array;
}

/** The first 32 training reviews of the sealed order, padded and cut in front. */
export async function realBatch(): Promise<Batch> {
  const dataset = await openBuiltData();
  await dataset.loadStarter();
  const batcher = new Batcher(dataset.table('train'), dataset.vocabulary, {
    batchSize: SHAPE.batch,
    maxlen: SHAPE.steps,
    scheme: { numWords: SHAPE.vocabulary },
    shuffle: false,
  });
  const [first] = batcher.epoch(0);
  const { ids, labels } = first!;
  return { ids, labels, mask: ids.map((id) => (id === 0 ? 0 : 1)) };
}
