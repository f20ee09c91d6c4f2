/** The gradient’s way back through networks, new ones and shipped ones, worked out at build. */
import type { RadiusData } from '../components/gradients/radius-data.ts';
import type { PlotSpec } from '../components/plots/kinds.ts';
import { throughTime } from '../core/inspect/through-time.ts';
import { checkModel } from '../core/models/settings/index.ts';
import { newNetworkThroughTime } from '../core/pipeline/new-network.ts';
import { LAYER_COLORS } from '../plots/colors.ts';
import { openStarter } from './open-data.ts';
import { openShipped } from './shipped-model.ts';

/** A review that fills the network's timesteps, and is not much longer. */
const WORDS = { least: 110, most: 130 } as const;
/** Spectral radius to begin with. */
const FIRST_RADIUS = 0.8;
/** Trained networks of the site, as far as they are there. */
const SHIPPED = [
  { name: 'simple-rnn', title: 'SimpleRNN', color: LAYER_COLORS.SimpleRNN },
  { name: 'lstm-clipnorm-masked', title: 'LSTM', color: LAYER_COLORS.LSTM },
] as const;

/** The network of the slider: nothing is learnt in it. */
const UNTRAINED = checkModel({
  text: { maxlen: 100 },
  network: { layers: [{ cell: 'SimpleRNN', units: 32 }] },
});

const dataset = await openStarter();
const review = await pickReview();

async function pickReview() {
  const { rows, offsets } = dataset.table('test');
  const lengths = Array.from(rows, (_, i) => offsets[i + 1]! - offsets[i]!);
  const found = lengths.findIndex((words) => words >= WORDS.least && words <= WORDS.most);
  const row = rows[Math.max(0, found)]!;
  return { row, text: await dataset.text(dataset.positionOf(row)!) };
}

const short = (values: Iterable<number>): number[] =>
  Array.from(values, (value) => Number(value.toPrecision(4)));

async function readNew(): Promise<RadiusData> {
  const { words } = dataset.vocabulary;
  const { text } = review;
  const { timesteps, norms } = await newNetworkThroughTime(UNTRAINED, words, text, FIRST_RADIUS);
  return {
    settings: UNTRAINED,
    text,
    radius: FIRST_RADIUS,
    words: timesteps.map((step) => step.text),
    norms: short(norms),
  };
}

/** A network that has learnt nothing reads the review. */
export const untrained = await readNew();
export const { row } = review;

async function readShipped(): Promise<PlotSpec> {
  const series = [];
  let words: string[] = [];
  for (const { name, title, color } of SHIPPED) {
    const shipped = await openShipped([name]);
    if (!shipped) continue;
    const { timesteps, norms } = await throughTime(shipped.trained, review.text);
    // Both read the whole review, without padding.
    words = timesteps.map(({ text }) => text);
    series.push({ name: title, color, values: short(norms) });
    shipped.trained.model.dispose();
  }
  return {
    kind: 'gradient',
    data: { series, words },
    options: { title: 'Gradient of the verdict at each word, in trained networks' },
  };
}

/** Trained networks read the same review. */
export const trained = await readShipped();
