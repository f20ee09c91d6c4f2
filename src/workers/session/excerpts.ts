import type { Dataset } from '../../core/dataset/loader/dataset.ts';
import { SPLITS } from '../../core/dataset/types.ts';
import type { Label, TokenTable } from '../../core/dataset/types.ts';
import { wordsOf } from '../../core/inspect/sample-batches.ts';
import { searchReviews } from '../../core/inspect/search-reviews.ts';
import type { Reader } from '../../core/inspect/text-reader.ts';
import type { UnitReview } from '../../core/inspect/unit-extremes.ts';
import { tokenizeWords } from '../../core/text/tokenize.ts';
import type { Excerpt, FoundExcerpt, SearchResult, UnitExcerpt } from '../../protocol/compute.ts';

/** Words on either side of the one that matters. */
const AROUND = 7;

const labelOf = ({ labels }: TokenTable, index: number): Label => (labels[index] === 1 ? 1 : 0);

/** Words around the `at`-th one, and it. */
function around(words: readonly string[], at: number): Pick<Excerpt, 'before' | 'word' | 'after'> {
  return {
    before: words.slice(Math.max(0, at - AROUND), at).join(' '),
    word: words[at] ?? '',
    after: words.slice(at + 1, at + 1 + AROUND).join(' '),
  };
}

/** Where a unit goes far up or down, as words. */
export function unitExcerpt(
  { row, value, at }: UnitReview,
  table: TokenTable,
  words: readonly string[],
  reader: Reader,
): UnitExcerpt {
  const index = table.rows.indexOf(row);
  const found = wordsOf(table, index, words);
  const tokens = reader.readsWords ? found : reader.tokensOf(found.join(' '));
  const names = reader.namesOf(tokens, reader.read(tokens).ids);
  return { row, label: labelOf(table, index), value, ...around(names, at) };
}

/** Reviews that are loaded and have all words of a query, in the order of the splits. */
export function search(dataset: Dataset, query: string, most: number): SearchResult {
  const { vocabulary, manifest, loaded } = dataset;
  const asked = [...new Set(tokenizeWords(query))];
  const ranks = tokenizeWords(query).map((word) => vocabulary.indexOf(word));
  const unknown = asked.filter((word) => vocabulary.indexOf(word) === -1);
  const searched = SPLITS.reduce((sum, split) => sum + loaded[split], 0);
  const total = manifest.reviews;
  if (unknown.length > 0) return { found: [], searched, total, unknown };
  const hits = SPLITS.flatMap((split) => {
    const table = dataset.table(split);
    return searchReviews(table, ranks, most).map((hit) => ({ ...hit, split, table }));
  });
  const best = hits.toSorted((a, b) => Number(b.phrase) - Number(a.phrase)).slice(0, most);
  const found = best.map(({ table, split, index, at }): FoundExcerpt => {
    const words = wordsOf(table, index, vocabulary.words);
    const row = table.rows[index]!;
    return { row, label: labelOf(table, index), split, words: words.length, ...around(words, at) };
  });
  return { found, searched, total, unknown };
}
