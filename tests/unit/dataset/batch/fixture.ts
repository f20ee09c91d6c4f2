import fc from 'fast-check';
import type { TokenTable } from '../../../../src/core/dataset/types.ts';
import type { EncodingScheme } from '../../../../src/core/text/encoding-scheme.ts';
import { Vocabulary } from '../../../../src/core/text/vocabulary.ts';

/** A vocabulary of `size` made-up words. */
export function makeVocabulary(size: number): Vocabulary {
  const words = Array.from({ length: size }, (_, rank) => `word${rank}`);
  return Vocabulary.fromJSON({ words, counts: words.map((_, rank) => size - rank) });
}

/** A table of reviews with the given ranks; rows are told apart from indices by an offset. */
export function tableOf(documents: readonly (readonly number[])[]): TokenTable {
  const offsets = new Uint32Array(documents.length + 1);
  documents.forEach((document, i) => {
    offsets[i + 1] = offsets[i]! + document.length;
  });
  return {
    rows: Uint32Array.from(documents, (_, i) => i + 500),
    labels: Uint8Array.from(documents, (_, i) => i % 2),
    splits: new Uint8Array(documents.length),
    offsets,
    tokens: Uint32Array.from(documents.flat()),
  };
}

/** Documents of ranks below `words`, some of them empty. */
export function documentsBelow(words: number): fc.Arbitrary<number[][]> {
  const document = fc.array(fc.nat({ max: words - 1 }), { maxLength: 25 });
  return fc.array(document, { maxLength: 40 });
}

/** Schemes with and without a limit, a start id and an out-of-vocabulary id. */
export const schemes: fc.Arbitrary<EncodingScheme> = fc.record({
  numWords: fc.option(fc.integer({ min: 6, max: 40 }), { nil: undefined }),
  padId: fc.constantFrom(0, 3),
  startId: fc.constantFrom(null, 1),
  oovId: fc.constantFrom(null, 2),
  indexFrom: fc.constantFrom(3, 4),
});

export const sides = fc.constantFrom('pre', 'post');
