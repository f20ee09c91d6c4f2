import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Vocabulary, VocabularyFormatError } from '../../../src/core/text/index.ts';
import { documents, RUNS } from './arbitraries.ts';

describe('a stored vocabulary', () => {
  it('comes back from JSON', () => {
    fc.assert(
      fc.property(documents, documents, (fitted, unseen) => {
        const before = Vocabulary.fit(fitted).withUnseen(unseen);
        const after = Vocabulary.fromJSON(JSON.parse(JSON.stringify(before)));
        expect(after.words).toEqual(before.words);
        expect(after.counts).toEqual(before.counts);
        expect(after.words.map((word) => after.indexOf(word))).toEqual([...before.words.keys()]);
      }),
      RUNS,
    );
  });

  it.each<[unknown, string]>([
    [null, 'an object with "words" and "counts"'],
    [{ words: [] }, 'an object with "words" and "counts"'],
    [{ words: 'a', counts: [] }, '"words" must be an array, not "a"'],
    [{ words: ['a'], counts: [] }, '1 words and 0 counts'],
    [{ words: [1], counts: [1] }, 'The word at rank 0 must be a string, not 1'],
    [{ words: ['a', 'a'], counts: [1, 1] }, 'The word at rank 1 is a repeat: "a"'],
    [{ words: ['a'], counts: [-1] }, 'The count at rank 0 must be an integer'],
    [{ words: ['a', 'b'], counts: [1, 2] }, 'rank 1 has 2 after 1'],
  ])('refuses the JSON %j', (json, message) => {
    expect(() => Vocabulary.fromJSON(json)).toThrow(VocabularyFormatError);
    expect(() => Vocabulary.fromJSON(json)).toThrow(message);
  });
});
