/** What a shipped LSTM has learned about words, worked out when the site is built. */
import { CHOSEN_WORDS } from '../components/embedding/chosen-words.ts';
import { WordVectors } from '../components/embedding/word-vectors.ts';
import { openShipped } from './shipped-model.ts';

const MODEL = 'lstm-rmsprop';
const NEIGHBOURS = 8;
/** Words and numbers of each that are shown as a table. */
const TABLE = ['the', 'movie', 'good', 'bad', 'great', 'awful'];
const COLUMNS = 5;

const shipped = await openShipped([MODEL]);
const table = shipped?.trained.model.getLayer('embedding').getWeights()[0];
const size = table?.shape[1] ?? 1;
const vectors =
  shipped && table
    ? new WordVectors(shipped.trained.words, { values: table.dataSync<'float32'>(), size })
    : undefined;

export const name = MODEL;
/** [ids, size] of its table. */
export const shape = [table?.shape[0] ?? 0, size] as const;

/** The chosen words in the plane, and the neighbours of each; undefined without shipped weights. */
export const map = vectors && {
  ...vectors.map(),
  neighbours: Object.fromEntries(
    CHOSEN_WORDS.filter(({ word }) => vectors.has(word)).map(({ word }) => [
      word,
      vectors
        .neighbours(word, NEIGHBOURS)
        .map((other) => ({ ...other, similarity: rounded(other.similarity) })),
    ]),
  ),
  goodBad: vectors.similarity('good', 'bad'),
};

/** The first numbers of some words' vectors. */
export const rows = TABLE.filter((word) => vectors?.has(word)).map((word) => ({
  word,
  values: Array.from(vectors!.vector(word).subarray(0, COLUMNS), rounded),
}));

function rounded(value: number): number {
  return Math.round(1_000 * value) / 1_000;
}
