/** What the shipped SimpleRNN makes of a few reviews, worked out when the site is built. */
import { packReading } from '../components/landing/reading.ts';
import type { StepData } from '../components/rnn/step-math.ts';
import type { Dataset } from '../core/dataset/loader/dataset.ts';
import { readStates } from '../core/inspect/state-reading.ts';
import type { TrainedModel } from '../core/models/trained-model.ts';
import { textReader } from '../core/inspect/text-reader.ts';
import { openStarter } from './open-data.ts';
import { openShipped } from './shipped-model.ts';

const MODEL = 'simple-rnn';
/** Words that the figure with whole readings shows at most, and the one that shows each product. */
const [MOST_WORDS, STEP_WORDS] = [90, 60];
/** Units in full. */
const SHOWN = 5;
/** Short test reviews, by row: one that turns, one that is plain. */
const ROWS = [
  { row: 4858, name: 'A change of mind' },
  { row: 35_319, name: 'Praise' },
] as const;

const NUMBERS = 4;
const rounded = (values: ArrayLike<number>): number[] =>
  Array.from(values, (value) => Number(value.toFixed(NUMBERS)));

/**
 * The first words of a text, with every number that some units of the layer need for each step. The
 * units that count most in the verdict come first.
 */
export async function readSteps(trained: TrainedModel, text: string): Promise<StepData> {
  const { model, preprocessing } = trained;
  const { states, units, votes, words } = await readStates(trained, text, STEP_WORDS);
  const weights = (layer: string): Float32Array[] =>
    model
      .getLayer(layer)
      .getWeights()
      .map((weight) => weight.dataSync<'float32'>());
  const [embeddings] = weights('embedding') as [Float32Array];
  const [kernel, recurrent, bias] = weights('recurrent_1') as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const size = kernel.length / units;
  const marks = preprocessing.startId === null ? 0 : 1;
  const ids = textReader(trained)(text).ids.slice(0, words.length + marks);
  const order = Array.from({ length: units }, (_, unit) => unit).sort(
    (a, b) => Math.abs(votes[b]!) - Math.abs(votes[a]!),
  );
  const column = (matrix: Float32Array, unit: number): number[] =>
    rounded(matrix.filter((_, i) => i % units === unit));
  return {
    // The mark of the start is read too: the first word finds a state.
    words: [...(marks === 1 ? ['⟨start⟩'] : []), ...words.map((word) => word.text)],
    vectors: ids.flatMap((id) => rounded(embeddings.subarray(id * size, (id + 1) * size))),
    states: [...startState(trained, ids, size), ...rounded(states)],
    units,
    shown: order.slice(0, SHOWN).map((unit) => ({
      unit: unit + 1,
      kernel: column(kernel, unit),
      recurrent: column(recurrent, unit),
      bias: Number(bias[unit]!.toFixed(NUMBERS)),
    })),
  };
}

/** The state after the mark of the start, which no word has before it: tanh(x · W + b). */
function startState({ model, preprocessing }: TrainedModel, ids: readonly number[], size: number) {
  if (preprocessing.startId === null) return [];
  const [embedding] = model.getLayer('embedding').getWeights();
  const [kernel, , bias] = model.getLayer('recurrent_1').getWeights();
  const x = embedding!.slice([ids[0]!, 0], [1, size]);
  const state = x
    .matMul(kernel as typeof x)
    .add(bias!)
    .tanh();
  return rounded(state.dataSync<'float32'>());
}

/** The text of a row; of another review of about that length where the data are not IMDB’s. */
async function textOf(dataset: Dataset, row: number) {
  const { rows, labels, offsets } = dataset.table('test');
  const known = rows.indexOf(row);
  const short = offsets.findIndex((end, i) => i > 0 && end - offsets[i - 1]! < MOST_WORDS) - 1;
  const at = known >= 0 ? known : Math.max(0, short);
  const text = await dataset.text(dataset.positionOf(rows[at]!)!);
  return { text, row: rows[at]!, label: labels[at] === 1 ? (1 as const) : (0 as const) };
}

async function read() {
  const shipped = await openShipped([MODEL]);
  if (!shipped) throw new Error(`public/models/${MODEL} is missing: npm run train -- ${MODEL}`);
  const { trained, bytes } = shipped;
  const dataset = await openStarter();
  const readings = [];
  for (const { row, name } of ROWS) {
    const { text, ...review } = await textOf(dataset, row);
    readings.push({ ...packReading(await readStates(trained, text, MOST_WORDS)), ...review, name });
  }
  const { text, row } = await textOf(dataset, ROWS[0].row);
  const recurrent = trained.model.getLayer('recurrent_1');
  const [kernel] = recurrent.getWeights();
  return {
    model: MODEL,
    most: MOST_WORDS,
    megabytes: (bytes / 1e6).toFixed(1),
    units: kernel!.shape[1]!,
    vectorSize: kernel!.shape[0]!,
    /** Of the recurrent layer, of all layers, of the embedding. */
    parameters: {
      recurrent: recurrent.countParams(),
      embedding: trained.model.getLayer('embedding').countParams(),
      all: trained.model.countParams(),
    },
    readings,
    steps: { ...(await readSteps(trained, text)), row },
  };
}

export const reading = await read();
