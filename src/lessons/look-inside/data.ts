/** What the lesson shows before anything runs: a shipped network reads a review when the site is built. */
import type { FirstLook } from '../../components/inspect/first-look.ts';
import { sigmoid } from '../../components/inspect/layer-view.ts';
import { titleOf } from '../../components/inspect/model-names.ts';
import { alongTimesteps } from '../../core/inspect/inspect-review.ts';
import { occlusion } from '../../core/inspect/occlusion.ts';
import { openStarter } from '../../figures/open-data.ts';
import { openShipped } from '../../figures/shipped-model.ts';
import { listShipped } from '../../figures/shipped-models.ts';
import { readAlone } from './read-alone.ts';
import { silence } from './silence.ts';

/** Networks of one recurrent layer whose last state is the verdict; the first that is there reads. */
const READERS = ['lstm-dropout', 'simple-rnn', 'lstm-rmsprop'];
/** One whose words came with vectors, so that its state has more to say than an opinion. */
const WELL_READ = 'lstm-clipnorm-masked';
/** Short test reviews, by row; the first changes its mind. */
const ROWS = [
  { row: 4858, name: 'It changes its mind' },
  { row: 8375, name: 'A complaint' },
  { row: 35_319, name: 'Praise' },
] as const;
/** How many of the loudest units are silenced together. */
const SILENCED = [0, 1, 2, 4, 8, 16, 32];

const dataset = await openStarter();
const shipped = await openShipped(READERS);
if (!shipped) throw new Error(`public/models has none of ${READERS.join(', ')}: train one first.`);
const { trained } = shipped;

const test = dataset.table('test');
const known = ROWS.filter(({ row }) => test.rows.includes(row));
/** Reviews to choose from. Another data set has other rows: then it is its first test reviews. */
export const reviews =
  dataset.manifest.source.kind === 'imdb' && known.length === ROWS.length
    ? ROWS.map(({ row, name }) => ({ row, name }))
    : Array.from(test.rows.slice(0, 3), (row) => ({ row, name: `Row ${row}` }));

const first = reviews[0]!.row;
const text = await dataset.text(dataset.positionOf(first)!);
const reading = await readAlone(trained, text);
const round = (value: number): number => Math.round(1000 * value) / 1000;
const { layer, ids, timesteps, running } = reading;

/** The network's hidden state after each word of a review, and its verdict so far. */
export const hero = {
  row: first,
  label: test.labels[test.rows.indexOf(first)] === 1 ? 'positive' : 'negative',
  timesteps,
  units: layer.units,
  h: Array.from(layer.h, round),
  running: Array.from(running, (logit) => round(sigmoid(logit))),
};

/** The words after which the state moved farthest, the farthest first. */
export const movers = reading.jumps.slice(0, 3).map((t) => timesteps[t]!.text);

export const network = {
  name: shipped.name,
  cell: layer.cell,
  units: layer.units,
  /** Words that the review has. */
  words: ids.length - 1,
  megabytes: (shipped.bytes / 1e6).toFixed(1),
  /** Shares of the state's movement along its first two principal components. */
  explained: layer.path.explained,
};

/** Models that the live figures can ask. */
export const models = listShipped().filter(({ recurrent }) => recurrent);

/** How the state of the other network moves on the same review; undefined where it is not shipped. */
export const wellRead = await readWellRead();

async function readWellRead() {
  const other = await openShipped([WELL_READ]);
  if (!other) return undefined;
  const { explained } = (await readAlone(other.trained, text)).layer.path;
  return { title: titleOf({ kind: 'shipped', name: other.name }, models), explained };
}

/** Accuracy on validation reviews while the loudest units are silent. */
export const silenced = await silence(
  trained,
  dataset,
  SILENCED.filter((count) => count <= layer.units / 2),
);

/** What the live figures show before a model is loaded: the hero's network and review, from all sides. */
export const firstLook: FirstLook = {
  subject: {
    model: { kind: 'shipped', name: network.name },
    name: titleOf({ kind: 'shipped', name: network.name }, models),
    text,
  },
  review: reading.review,
  running: alongTimesteps(running, reading.read),
  occlusion: alongTimesteps(await occlusion(trained, ids), reading.read),
};
