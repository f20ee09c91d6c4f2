import type { DuplicateCounts } from '../types.ts';
import { SPLITS } from '../types.ts';

/**
 * Numbers the distinct texts in order of first appearance; equal texts get the same number.
 *
 * @returns shape [texts.length]; the largest number plus one is the count of distinct texts.
 */
export function groupEqualTexts(texts: readonly string[]): Uint32Array {
  const numbers = new Map<string, number>();
  return Uint32Array.from(texts, (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  });
}

/**
 * Counts the groups of equal reviews by the splits in which their copies lie.
 *
 * @param groups number of each review's text, from {@link groupEqualTexts}. Shape [n].
 * @param splits index into `SPLITS` of each review. Shape [n].
 */
export function countDuplicates(groups: Uint32Array, splits: Uint8Array): DuplicateCounts {
  const distinct = groups.reduce((most, group) => Math.max(most, group + 1), 0);
  const copies = new Uint32Array(distinct);
  const seenIn = new Uint8Array(distinct);
  groups.forEach((group, i) => {
    copies[group]!++;
    seenIn[group]! |= 1 << splits[i]!;
  });

  const validation = 1 << SPLITS.indexOf('validation');
  const test = 1 << SPLITS.indexOf('test');
  const trainAndValidation = (1 << SPLITS.indexOf('train')) | validation;
  const counts = { withinTrain: 0, withinTest: 0, acrossTrainTest: 0, acrossTrainValidation: 0 };
  copies.forEach((size, group) => {
    if (size < 2) return;
    const where = seenIn[group]!;
    if (where === test) counts.withinTest++;
    else if (where & test) counts.acrossTrainTest++;
    else counts.withinTrain++;
    if ((where & trainAndValidation) === trainAndValidation) counts.acrossTrainValidation++;
  });
  return { ...counts, repeated: groups.length - distinct, distinct };
}
