import { describe, expect, it } from 'vitest';
import type { EncodingScheme } from '../../../src/core/text/index.ts';
import { EncodingSchemeError, Vocabulary } from '../../../src/core/text/index.ts';

describe('EncodingScheme', () => {
  const vocabulary = Vocabulary.fit([['a']]);

  it.each<[EncodingScheme, string]>([
    [{ numWords: 4 }, 'numWords is 4, but must be an integer of at least 5'],
    [{ numWords: 9.5 }, 'numWords is 9.5'],
    [{ padId: -1 }, 'padId is -1, but must be a non-negative integer'],
    [{ oovId: 0 }, 'padId and oovId are both 0'],
    [{ oovId: 4 }, 'oovId is 4, but ids above indexFrom (3) belong to words'],
    [{ indexFrom: 0 }, 'startId is 1, but ids above indexFrom (0)'],
    [{ indexFrom: 1.5 }, 'indexFrom is 1.5'],
  ])('refuses the scheme %o', (scheme, message) => {
    expect(() => vocabulary.encode([], scheme)).toThrow(EncodingSchemeError);
    expect(() => vocabulary.encode([], scheme)).toThrow(message);
  });

  it('takes the smallest num_words that leaves room for a word', () => {
    expect(vocabulary.encode(['a'], { numWords: 5 })).toEqual([1, 4]);
  });
});
