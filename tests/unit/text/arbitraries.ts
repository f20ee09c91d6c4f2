import fc from 'fast-check';

/** Runs of every property test: fixed, so that a failure comes back. */
export const RUNS = { seed: 1, numRuns: 500 } as const;

const AWKWARD = [
  '',
  ' ',
  '  ',
  '\t',
  '\r\n',
  '\n',
  '\r',
  '\0',
  '\u00a0',
  'the',
  "don't",
  'GREAT!',
  'İ',
  'İ.İ',
  'ß',
  'ẞ',
  'Σ',
  'ΑΣ.Β',
  'e\u0301',
  '\u0301',
  '\u0307',
  'i\u0307',
  '<br />',
  '<BR/>',
  '<br>',
  '<br',
  '<i>',
  '👩‍👩‍👧',
  '👍🏽',
  '🇩🇪',
  '\u0600',
  '\u200d',
  'क्षि',
  '\ud800',
  '\udc00',
  '__proto__',
  'constructor',
];

/** Texts in which everything that may go wrong stands side by side. */
export const awkwardText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...AWKWARD),
      fc.string({ unit: 'binary', maxLength: 5 }),
      fc.string({ unit: 'grapheme-ascii', maxLength: 5 }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(''));

/** Words as keys might break them. */
export const awkwardWord: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a',
    'b',
    'c',
    '\0',
    'İ',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

/** Tokenised documents, a few of them, with repeated words. */
export const documents: fc.Arbitrary<string[][]> = fc.array(
  fc.array(awkwardWord, { maxLength: 12 }),
  { maxLength: 6 },
);
