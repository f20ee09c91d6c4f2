import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBuiltData } from '../scripts/built-data.ts';
import { REVIEW_STEP } from '../src/core/benchmark/shape.ts';
import { Batcher } from '../src/core/dataset/batch/batcher.ts';
import type { PlainBatch } from './browser/protocol.ts';

const { batch: BATCH, steps: STEPS, vocabulary } = REVIEW_STEP;

/** The 20,000 training reviews in the sealed order, padded and cut at the end. */
export class Reviews {
  /** [batches, batch, steps], row-major. */
  readonly ids: Uint16Array;
  /** [batches, batch] */
  readonly labels: Uint8Array;

  private constructor(ids: Uint16Array, labels: Uint8Array) {
    this.ids = ids;
    this.labels = labels;
  }

  static async open(): Promise<Reviews> {
    const dataset = await openBuiltData();
    await dataset.loadAll();
    const batcher = new Batcher(dataset.table('train'), dataset.vocabulary, {
      batchSize: BATCH,
      maxlen: STEPS,
      padding: 'post',
      truncating: 'post',
      scheme: { numWords: vocabulary },
      shuffle: false,
    });
    const count = Math.floor(batcher.lengths.length / BATCH);
    const ids = new Uint16Array(count * BATCH * STEPS);
    const labels = new Uint8Array(count * BATCH);
    let index = 0;
    for (const batch of batcher.epoch(0)) {
      if (index === count) break;
      ids.set(batch.ids, index * BATCH * STEPS);
      labels.set(batch.labels, index * BATCH);
      index++;
    }
    return new Reviews(ids, labels);
  }

  /** Whole batches. */
  get batches(): number {
    return this.labels.length / BATCH;
  }

  /** The first batch, of which each review keeps so many words. */
  first(steps: number = STEPS): PlainBatch {
    const ids = [...this.ids.subarray(0, BATCH * STEPS)];
    return {
      ids: ids.filter((_, i) => i % STEPS < steps),
      labels: [...this.labels.subarray(0, BATCH)],
    };
  }

  /** Writes both arrays into files of a new folder. */
  async save(): Promise<{ folder: string; ids: string; labels: string }> {
    const folder = await mkdtemp(path.join(tmpdir(), 'unrolled-bench-'));
    const [ids, labels] = [path.join(folder, 'ids'), path.join(folder, 'labels')];
    await Promise.all([writeFile(ids, this.ids), writeFile(labels, this.labels)]);
    return { folder, ids, labels };
  }
}
