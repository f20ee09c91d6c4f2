import { openDataset } from '../../core/dataset/loader/dataset.ts';
import type { Dataset, LoadProgress } from '../../core/dataset/loader/dataset.ts';
import type { Sample } from '../../core/pipeline/sample.ts';
import type { Calls, DataProgress } from '../../protocol/compute.ts';
import { search } from './excerpts.ts';

type Emit = (progress: DataProgress) => void;

/** The reviews: opened once, loaded when they are wanted. */
export class DataShelf {
  readonly #baseUrl: string;
  #dataset: Promise<Dataset> | undefined;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** The data, with the reviews of a sample loaded. */
  async load(sample: Sample, signal: AbortSignal, emit: Emit = () => {}): Promise<Dataset> {
    const dataset = await this.#open(emit);
    const totalReviews = dataset.manifest.reviews;
    const onProgress = (progress: LoadProgress): void =>
      emit({ ...progress, type: 'data', totalReviews, kept: dataset.storage === 'cached' });
    await (sample === 'all'
      ? dataset.loadAll({ signal, onProgress })
      : dataset.loadStarter({ signal, onProgress }));
    return dataset;
  }

  async sample(
    { split, n }: Calls['sample']['request'],
    signal: AbortSignal,
  ): Promise<Calls['sample']['result']> {
    const dataset = await this.load('starter', signal);
    const table = dataset.table(split);
    const index = n % table.rows.length;
    const row = table.rows[index]!;
    const text = await dataset.text(dataset.positionOf(row)!, signal);
    return { row, label: table.labels[index] === 1 ? 1 : 0, text };
  }

  /** @throws RangeError for a row that is not loaded */
  async review(
    { row }: Calls['review']['request'],
    signal: AbortSignal,
  ): Promise<Calls['review']['result']> {
    const dataset = await this.load('starter', signal);
    const position = dataset.positionOf(row);
    if (position === undefined) throw new RangeError(`Row ${row} is not among the loaded reviews.`);
    return { text: await dataset.text(position, signal) };
  }

  async search(
    { query, most }: Calls['searchReviews']['request'],
    signal: AbortSignal,
  ): Promise<Calls['searchReviews']['result']> {
    return search(await this.load('starter', signal), query, most);
  }

  /** Opens the data once; a failed attempt doesn't stand in the way of the next. */
  #open(emit: Emit): Promise<Dataset> {
    this.#dataset ??= openDataset({
      baseUrl: `${this.#baseUrl}data/`,
      onProgress: (progress) => emit({ ...progress, type: 'data', totalReviews: 0, kept: true }),
    }).catch((error: unknown) => {
      this.#dataset = undefined;
      throw error;
    });
    return this.#dataset;
  }
}
