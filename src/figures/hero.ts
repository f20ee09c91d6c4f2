/** What the network on the landing page makes of a few reviews, worked out when the site is built. */
import { packReading } from '../components/landing/reading.ts';
import type { Review } from '../components/landing/reading.ts';
import type { Dataset } from '../core/dataset/loader/dataset.ts';
import { readStates } from '../core/inspect/state-reading.ts';
import { openStarter } from './open-data.ts';
import { openShipped } from './shipped-model.ts';
import type { ShippedModel } from './shipped-model.ts';

/** Networks of one recurrent layer whose last state is the verdict; the first that is there reads. */
export const READERS = ['lstm-clipnorm-masked', 'simple-rnn', 'lstm-rmsprop'] as const;
/** Short test reviews, by row. */
export const ROWS = [
  { row: 4858, name: 'A change of mind' },
  { row: 35_319, name: 'Praise' },
  { row: 8375, name: 'A complaint' },
] as const;
/** Words that are read of a text: what a phone has room for. */
export const MOST_WORDS = 110;

/** Lets a model read the reviews that are in the data. */
export async function readReviews(dataset: Dataset, { trained }: ShippedModel): Promise<Review[]> {
  const reviews: Review[] = [];
  const { rows, labels } = dataset.table('test');
  for (const { row, name } of ROWS) {
    const at = rows.indexOf(row);
    if (at < 0) continue;
    const text = await dataset.text(dataset.positionOf(row)!);
    const reading = await readStates(trained, text, MOST_WORDS);
    reviews.push({ ...packReading(reading), name, row, label: labels[at] === 1 ? 1 : 0 });
  }
  return reviews;
}

/** What it is called on the page: “LSTM of 64 units”. */
export function nameNetwork({ trained: { model } }: ShippedModel): string {
  const layer = model.getLayer('recurrent_1');
  return `${layer.getClassName()} of ${String(layer.getConfig()['units'])} units`;
}

async function makeHero() {
  const shipped = await openShipped(READERS);
  if (!shipped) return undefined;
  const reviews = await readReviews(await openStarter(), shipped);
  if (reviews.length === 0) return undefined;
  return {
    model: shipped.name,
    network: nameNetwork(shipped),
    megabytes: (shipped.bytes / 1e6).toFixed(1),
    most: MOST_WORDS,
    readings: reviews,
  };
}

/** Undefined where no such network is shipped, or the data are other reviews. */
export const hero = await makeHero();
