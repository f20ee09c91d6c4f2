import type { BenchOptions } from '../../client/index.ts';

/** Words that TensorFlow.js's own layers read in bearable time. */
const SHORT_WORDS = 50;

const FIELDS = {
  words: { usual: 500, most: 2000 },
  rounds: { usual: 7, most: 100 },
} as const;

/**
 * What runs: the usual, unless the page's address says otherwise (`?words=100&rounds=3`).
 *
 * @throws RangeError naming the field that is no whole number within its limits
 */
export function benchOptions(query: URLSearchParams): BenchOptions {
  const [words, rounds] = (['words', 'rounds'] as const).map((name) => {
    const { usual, most } = FIELDS[name];
    const given = query.get(name);
    const value = given === null ? usual : Number(given);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    throw new RangeError(
      `In this page’s address, ${name} is “${given}”, but must be a whole number from 1 to ${most}.`,
    );
  }) as [number, number];
  return { words, rounds, shortWords: Math.min(words, SHORT_WORDS) };
}
