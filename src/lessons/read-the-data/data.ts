import { SPLITS } from '../../core/dataset/types.ts';
import { DEFAULT_MODEL } from '../../core/models/settings/index.ts';
import { siteData } from '../shared/site-data.ts';
import { coverage, rankPoints } from './frequencies.ts';
import { describeHeldOut } from './held-out.ts';
import { cutAt, summarizeLengths } from './lengths.ts';
import { rareWordSharing } from './neighbours.ts';
import { cutIntoPieces } from './pieces.ts';

/** The review that the lesson takes apart: short, plain, and its strongest word is a rare one. */
const EXAMPLE_ROW = 13_969;
/** Two reviews that are one text but for their last words. */
const NEAR_COPIES = [39_445, 39_456] as const;
/** Ids below the first word's: padding, start, unknown and an unused one, as in Keras. */
const RESERVED_IDS = 4;

const VOCABULARY_SIZES = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000];
const COMMONEST = 20;
const LENGTH_STEP = 20;
const LENGTH_BINS = 50;
const RARE_REVIEWS = 25;
const NEAR = Array.from({ length: 40 }, (_, i) => i + 1);

const { manifest, vocabulary, reviews, textOf } = siteData;

const trainingHalf = reviews.filter(({ split }) => split !== 'test');
const { trainWords } = manifest.vocabulary;
const counts = vocabulary.counts.subarray(0, trainWords);
const wordsRead = counts.reduce((sum, count) => sum + count, 0);
const lengths = reviews.map(({ tokens }) => tokens.length);
const example =
  trainingHalf.find(({ row }) => manifest.source.kind === 'imdb' && row === EXAMPLE_ROW) ??
  trainingHalf[0]!;

/** Whether this build of the site holds the reviews that the lesson speaks of. */
export const isImdb = manifest.source.kind === 'imdb';
export const sourceName = manifest.source.name;
export const total = manifest.reviews;
export const splits = SPLITS.map((split) => ({ split, ...manifest.counts[split] }));
export const halves = {
  train: trainingHalf.length,
  test: total - trainingHalf.length,
};
export const duplicates = manifest.duplicates;

export const vocabularyFacts = {
  /** Different words of the training half. */
  words: trainWords,
  /** Words of the training half, repeats counted. */
  read: wordsRead,
  /** Words that occur once in it. */
  once: counts.reduce((sum, count) => sum + Number(count === 1), 0),
  /** Words that occur in the test half alone. */
  onlyInTest: manifest.vocabulary.size - trainWords,
};

const sizes = [...VOCABULARY_SIZES.filter((size) => size < trainWords), trainWords];
const covered = coverage(counts, sizes);
/** Size to begin with. */
export const firstSize = Math.min(5_000, trainWords);
export const vocabularySizes = sizes.map((size, i) => ({ size, coverage: covered[i]! }));

/** Where the sliders of the lesson have a vocabulary's size, and a length in words. */
export const placeOfSize = (words: number): number =>
  vocabularySizes.findIndex(({ size }) => size >= words);
export const placeOfLength = (words: number): number => Math.ceil(words / LENGTH_STEP) - 1;

/** The share of all words that the commonest `size` words make up. */
export const coverageAt = (size: number): number => coverage(counts, [size])[0]!;

export const review = {
  row: example.row,
  label: example.label,
  pieces: cutIntoPieces(textOf(example.row), vocabulary),
  /** Its rarest word. */
  rarest: wordAt(Math.max(...example.tokens)),
  reservedIds: RESERVED_IDS,
};

/** The word that carries the example's opinion, and what line breaks leave. */
export const drivel = wordFacts('drivel');
export const br = wordFacts('br');

/** Words with their places on the curve, far enough apart to be labelled. */
export const named = ['the', 'br', 'movie', 'boring', 'drivel', 'satellite']
  .map(wordFacts)
  .filter(({ count }) => count > 0);

/** A word's 1-based rank and its count in the training half. */
function wordFacts(word: string) {
  return wordAt(vocabulary.indexOf(word));
}

function wordAt(rank: number) {
  return { word: vocabulary.words[rank] ?? '', rank: rank + 1, count: counts[rank] ?? 0 };
}

export const commonest = Array.from({ length: Math.min(COMMONEST, trainWords) }, (_, rank) => ({
  ...wordAt(rank),
  share: counts[rank]! / wordsRead,
}));
export const curve = rankPoints(counts, 12);

/** Share of each class's reviews with a line break in HTML, which leaves the word "br". */
export const withBreaks = { negative: breaksIn(0), positive: breaksIn(1) };

function breaksIn(label: number): number {
  const ofClass = reviews.filter((candidate) => candidate.label === label);
  const rank = vocabulary.indexOf('br');
  return ofClass.filter(({ tokens }) => tokens.includes(rank)).length / ofClass.length;
}

export const lengthSummary = summarizeLengths(lengths, LENGTH_STEP, LENGTH_BINS);
/** What the lab's first settings leave: one place goes to the mark of the start. */
export const labMaxlen = DEFAULT_MODEL.text.maxlen;
export const labNumWords = DEFAULT_MODEL.text.numWords;
export const labCut = cutAt(lengths, labMaxlen - 1);

const runs = [0, 1].map((label) =>
  trainingHalf.filter((candidate) => candidate.label === label).map(({ tokens }) => tokens),
);
/** As many distances again, half the data away: what strangers have in common. */
const FAR = NEAR.map((distance) => distance + Math.floor(trainingHalf.length / 4));
const shared = rareWordSharing(runs, {
  mostReviews: RARE_REVIEWS,
  distances: [...NEAR, ...FAR],
});
const farShares = shared.slice(NEAR.length);
export const neighbours = {
  mostReviews: RARE_REVIEWS,
  /** Share of pairs with a rare word in common, by distance from 1. */
  shares: shared.slice(0, NEAR.length),
  /** The same for reviews that stand far apart. */
  strangers: farShares.reduce((sum, share) => sum + share, 0) / farShares.length,
};

export const heldOut = describeHeldOut(trainingHalf.map(({ split }) => split));

/** Two reviews of which one goes on where the other ends. */
export const nearCopies = isImdb ? compare(...NEAR_COPIES) : undefined;

function compare(firstRow: number, secondRow: number) {
  const [first, second] = [firstRow, secondRow].map(
    (row) => reviews.find((candidate) => candidate.row === row)!.tokens,
  );
  const differs = second!.findIndex((word, i) => word !== first![i]);
  return {
    rows: [firstRow, secondRow] as const,
    /** Words that both begin with. */
    shared: differs === -1 ? second!.length : differs,
    /** Words of each behind those. */
    own: [first!.length - differs, second!.length - differs] as const,
  };
}
