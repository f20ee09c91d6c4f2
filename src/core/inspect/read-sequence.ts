import type { SequencePreprocessing } from '../models/preprocessing.ts';
import { headOf } from '../text/pad-sequences.ts';
import { Vocabulary } from '../text/vocabulary.ts';
import { tokensWith } from './reading.ts';
import type { Reading } from './reading.ts';

/** Reads texts as sequences of ids: at most `maxlen` of them, not yet padded. */
export function sequenceReader(
  preprocessing: SequencePreprocessing,
  words: readonly string[],
): (text: string) => Reading {
  const { numWords, startId, indexFrom, maxlen, truncating } = preprocessing;
  const kept = words.slice(0, numWords - 1 - indexFrom);
  const vocabulary = Vocabulary.fromJSON({ words: kept, counts: kept.map(() => 0) });
  const tokensOf = tokensWith(preprocessing.tokenizer);
  const head = headOf(truncating, maxlen);
  const marks = startId === null ? 0 : 1;

  return (text) => {
    const tokens = tokensOf(text);
    const all = vocabulary.encode(tokens, preprocessing);
    const fits = all.length <= maxlen;
    const ids = fits ? all : [...all.slice(0, head), ...all.slice(all.length - maxlen + head)];
    const read = ids.length - (fits || head > 0 ? marks : 0);
    return {
      ids,
      tokens: read,
      known: ids.filter((id) => id > indexFrom).length,
      cut: all.length - marks - read,
      oovWords: [...new Set(tokens.filter((token) => vocabulary.indexOf(token) === -1))],
    };
  };
}
