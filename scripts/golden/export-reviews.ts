/**
 * Writes the reviews as padded ids, for `reference_training.py`: of each split a file of ids (uint16
 * [reviews, maxlen]) and one of labels (uint8 [reviews]), both in the sealed order.
 *
 *   node scripts/golden/export-reviews.ts FOLDER '{"numWords": 10000, "maxlen": 500}'
 *
 * The second argument is what `Batcher` takes, with `numWords` (at most 65,536) for its scheme.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Batcher } from '../../src/core/dataset/batch/batcher.ts';
import type { SequenceOptions } from '../../src/core/dataset/batch/encoder.ts';
import { SPLITS } from '../../src/core/dataset/types.ts';
import { openBuiltData } from '../built-data.ts';

const [folder, options] = process.argv.slice(2) as [string, string];
const { numWords, ...sequence } = JSON.parse(options) as SequenceOptions & { numWords: number };
if (numWords > 2 ** 16) throw new RangeError(`numWords must be at most 65,536, not ${numWords}.`);

const dataset = await openBuiltData();
await dataset.loadAll();
await mkdir(folder, { recursive: true });
for (const split of SPLITS) {
  const batcher = new Batcher(dataset.table(split), dataset.vocabulary, {
    ...sequence,
    scheme: { numWords },
    batchSize: 1000,
    shuffle: false,
  });
  const batches = [...batcher.epoch(0)];
  const ids = batches.map((batch) => Buffer.from(Uint16Array.from(batch.ids).buffer));
  const labels = batches.map((batch) => Buffer.from(Uint8Array.from(batch.labels)));
  await writeFile(join(folder, `${split}.ids`), Buffer.concat(ids));
  await writeFile(join(folder, `${split}.labels`), Buffer.concat(labels));
}
