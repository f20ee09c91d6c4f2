/** Numbers behind the figures' gallery, worked out when the site is built: real reviews, real runs. */
import { FIRST_WORD_ID } from '../core/text/encoding-scheme.ts';
import { GATES } from '../core/kernels/spec/recurrent-contract.ts';
import { CELLS } from '../core/models/settings/index.ts';
import { padSequences } from '../core/text/pad-sequences.ts';
import { openStarter } from './open-data.ts';
import { projectToPlane } from '../plots/scatter/project-to-plane.ts';
import { PlainWeights } from './read-step-by-step.ts';
import { judgeTestReviews, train } from './train.ts';

const EPOCHS = 3;
/** Words of the review that is read step by step. */
const WORDS = { least: 70, most: 90 } as const;
/** Commonest words of the embedding that are drawn, without the very commonest. */
const EMBEDDED = { from: 40, to: 440 } as const;
const LENGTHS = 5_000;
/** Reviews in the running mean of the lengths. */
const WINDOW = 100;
const SMOOTHING = 0.9;
const [PAD, START, UNKNOWN] = [0, 1, 2];

const dataset = await openStarter();
const { vocabulary } = dataset;

const runs = [];
for (const cell of CELLS) runs.push(await train(dataset, cell, EPOCHS));
const lstm = runs.find(({ cell }) => cell === 'LSTM')!;
const weights = new Map(
  runs.map((run) => [run.cell, new PlainWeights(run.pipeline.model)] as const),
);

/** How each run went: running mean of the training loss, and loss on held-out reviews. */
export const losses = runs.map(({ cell, loss, heldOut }) => ({
  cell,
  training: smooth(loss),
  heldOut: heldOut.map(rounded),
}));
export const epochs = EPOCHS;

/** Test reviews of the starter shard, judged by the LSTM. */
export const judged = await judgeTestReviews(dataset, lstm);
judged.probabilities.forEach((value, i) => (judged.probabilities[i] = round(value, 4)));

const test = dataset.table('test');
const { numWords, maxlen, padding } = lstm.settings.text;
const example = pickReview();
const ids = padSequences([vocabulary.encodeIndices(example.ranks, { numWords })], {
  maxlen,
  padding,
  truncating: padding,
}).ids;
const firstWord = ids.length - example.ranks.length;

/** A test review of which the row number is committed nowhere: the first one of fitting length. */
function pickReview() {
  const fits = Array.from(test.rows, (_, i) => test.offsets[i + 1]! - test.offsets[i]!);
  const found = fits.findIndex((words) => words >= WORDS.least && words <= WORDS.most);
  const index = Math.max(0, found);
  const ranks = test.tokens
    .slice(test.offsets[index], test.offsets[index + 1])
    .slice(0, maxlen - 1);
  return { row: test.rows[index]!, label: test.labels[index]!, ranks };
}

/** The review as the networks get it. */
export const review = {
  row: example.row,
  label: example.label,
  tokens: Array.from(ids, (id, step) => ({
    id,
    kind: kindOf(id),
    text: vocabulary.words[example.ranks[step - firstWord] ?? -1] ?? '',
  })),
};

function kindOf(id: number): 'pad' | 'start' | 'unknown' | 'word' {
  if (id === PAD) return 'pad';
  if (id === START) return 'start';
  return id === UNKNOWN ? 'unknown' : 'word';
}

/** What each network does at each timestep of the review. Values row-major by timestep. */
export const readings = runs.map(({ cell }) => {
  const reading = weights.get(cell)!.read(ids);
  const { units } = reading;
  const shown = (values: Float32Array): number[] => Array.from(values, (value) => round(value, 2));
  return {
    cell,
    units,
    gateCount: GATES[cell],
    h: shown(reading.h),
    c: shown(reading.c),
    gates: shown(reading.gates),
    vectors: shown(reading.vectors),
    logits: shown(reading.logits),
    gradients: Array.from(reading.gradients, (value) => Number(value.toPrecision(3))),
  };
});

/** Words in the plane of their vectors, with the logit of a review of that word alone. */
export const words = embedWords();

function embedWords() {
  const plain = weights.get('LSTM')!;
  // The reader’s own data may have fewer words.
  const end = Math.min(EMBEDDED.to, dataset.manifest.vocabulary.trainWords);
  const count = Math.max(0, end - EMBEDDED.from);
  const ranks = Array.from({ length: count }, (_, i) => EMBEDDED.from + i);
  const idsOf = ranks.map((rank) => rank + FIRST_WORD_ID);
  const logits = idsOf.map((id) => plain.read([START, id]).logits[1]!);
  const places = projectToPlane(idsOf.map((id) => plain.vector(id)));
  const typical = logits.reduce((sum, value) => sum + value, 0) / logits.length;
  return ranks
    .map((rank, i) => ({
      label: vocabulary.words[rank]!,
      x: round(places[i]![0], 3),
      y: round(places[i]![1], 3),
      value: round(logits[i]! - typical, 3),
    }))
    .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value));
}

/** Lengths of the first reviews in the sealed order, and their running mean. */
export const lengths = measureLengths();

function measureLengths() {
  const all = (['train', 'validation', 'test'] as const).flatMap((split) => {
    const { offsets } = dataset.table(split);
    return Array.from(offsets.subarray(1), (end, i) => end - offsets[i]!);
  });
  return all.slice(0, LENGTHS);
}

export const lengthWindow = WINDOW;

type Point = readonly [number, number];

/** Exponential mean that weighs the first few values evenly instead of favouring the very first. */
function smooth(points: readonly Point[]): Point[] {
  let mean = 0;
  return points.map(([step, value], i) => {
    const keep = Math.min(SMOOTHING, i / (i + 1));
    mean = keep * mean + (1 - keep) * value;
    return rounded([step, mean]);
  });
}

function rounded([step, value]: Point): Point {
  return [step, round(value, 4)];
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
