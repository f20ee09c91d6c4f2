import { KERAS_FILTERS, learnBytePairs, tokenizeWords } from '../../core/text/index.ts';
import { siteData } from '../shared/site-data.ts';
import { weightOf } from '../shared/word-weights.ts';

/** Reviews that the reader may cut: one with line breaks, quotes and numbers, and the one of the first lesson. */
const EXAMPLE_ROWS = [
  { name: 'Praise', row: 40_672 },
  { name: 'Scorn', row: 13_969 },
] as const;
/** What film reviews of today bring along; ours, no review. */
const TRICKY =
  "I can’t believe it… I can't! A so-so film?<br /><br />10/10, 5★: “must-see”. " +
  "The café scene 👩‍🚀👍🏽 made me cry :-) Don't miss it!!!";
/** Commonest words of the training half that byte pairs are learned from. */
const WORDS = 2_000;
/** Row of the review whose beginning the byte pairs cut. */
const PIECES_ROW = 40_672;
const PIECES_LENGTH = 420;
const SENTENCES = ['not good, it is bad', 'not bad, it is good'];

const { manifest, vocabulary, reviews, textOf } = siteData;

/** The text of a row, or in a build with other data, of its first review. */
function textAt(row: number): string {
  return textOf(manifest.source.kind === 'imdb' ? row : reviews[0]!.row);
}

export const words = manifest.vocabulary.trainWords;

export const texts = [
  ...EXAMPLE_ROWS.map(({ name, row }) => ({ name, text: textAt(row) })),
  { name: 'Tricky', text: TRICKY },
  { name: 'Your own', text: TRICKY },
];

/** Characters that become spaces. */
export const filters = KERAS_FILTERS.length;

/** A line to guess at: how many words Keras finds in it. */
export const riddle = {
  text: "It's so-so.<br /><br />10/10!",
  words: tokenizeWords("It's so-so.<br /><br />10/10!"),
};

/** Words with their counts in the training half, commonest first. */
export const commonest = vocabulary.words
  .slice(0, WORDS)
  .map((word, rank) => [word, vocabulary.counts[rank]!] as const);

/** Merges at the end of the bar. */
export const mostMerges = 1_000;
const [first] = learnBytePairs(new Map(commonest), { merges: 1 }).merges;
export const firstMerge = `“${first!.left}” with “${first!.right}”`;

/** A beginning of a review, whole words only. */
export const opening = textAt(PIECES_ROW)
  .slice(0, PIECES_LENGTH)
  .replace(/\s+\S*$/, '');

export const sentences = SENTENCES.map((text) => ({ text, words: tokenizeWords(text) }));

/** How much each word of the sentences speaks for a positive review. */
export const weights = Object.fromEntries(
  [...new Set(sentences.flatMap((sentence) => sentence.words))].map((word) => [
    word,
    weightOf(word),
  ]),
);
