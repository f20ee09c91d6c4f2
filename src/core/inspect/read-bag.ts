import type { BagPreprocessing } from '../models/preprocessing.ts';
import { tokensWith } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads texts as bags of terms: the columns that are not 0, with their values. */
export function bagReader(
  preprocessing: BagPreprocessing,
  terms: readonly string[],
  factors?: Float32Array,
): (text: string) => Reading {
  const { ngrams, counts: counting, weighted, normalize } = preprocessing;
  const columns = new Map(terms.map((term, column) => [term, column]));
  const tokensOf = tokensWith(preprocessing.tokenizer);

  const valueOf = (column: number, count: number): number => {
    const counted = { binary: 1, count, log: 1 + Math.log(count) }[counting];
    return weighted ? counted * factors![column]! : counted;
  };

  return (text) => {
    const tokens = tokensOf(text);
    const isKnown = new Uint8Array(tokens.length);
    const counts = new Map<number, number>();
    for (let n = ngrams.min; n <= ngrams.max; n += 1) {
      for (let at = 0; at + n <= tokens.length; at += 1) {
        const column = columns.get(tokens.slice(at, at + n).join(' '));
        if (column === undefined) continue;
        counts.set(column, (counts.get(column) ?? 0) + 1);
        isKnown.fill(1, at, at + n);
      }
    }
    const values = Float32Array.from(counts, ([column, count]) => valueOf(column, count));
    const norm = normalize === 'l2' ? Math.hypot(...values) : 1;
    return {
      ids: [...counts.keys()],
      values: norm > 0 ? values.map((value) => value / norm) : values,
      tokens: tokens.length,
      known: isKnown.reduce((sum, known) => sum + known, 0),
      cut: 0,
      oovWords: [...new Set(tokens.filter((_, at) => isKnown[at] === 0))],
    };
  };
}
