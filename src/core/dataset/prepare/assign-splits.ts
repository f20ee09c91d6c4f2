import type { Random } from '../../random.ts';
import type { Split } from '../types.ts';
import { SPLITS } from '../types.ts';
import { holdOut, SplitError } from './hold-out.ts';

/** Reviews as columns, with the split that the source gives them, if it gives one. */
export interface Unsplit {
  readonly labels: ArrayLike<number>;
  /** Number of every review's text: equal texts, equal numbers. */
  readonly groups: ArrayLike<number>;
  /** Shape [n]; all undefined when the source has no split. */
  readonly given: readonly (Split | undefined)[];
}

/** Part of the reviews held out as test (where the source has none), and of the rest as validation. */
const HELD_OUT = 0.2;
const LEAST_REVIEWS = 20;

/**
 * Gives every review its split. The source's own test and validation sets are kept; a missing test
 * set is held out of all reviews, a missing validation set out of the training reviews, 20 % each,
 * by {@link holdOut}.
 *
 * @returns index into `SPLITS` of each review. Shape [n].
 * @throws SplitError when there are fewer than 20 reviews or a split would lack a class.
 */
export function assignSplits({ labels, groups, given }: Unsplit, random: Random): Uint8Array {
  if (given.length < LEAST_REVIEWS) {
    throw new SplitError(
      `There are ${given.length} usable reviews; at least ${LEAST_REVIEWS} are needed.`,
    );
  }
  const every = Array.from(given, (_, i) => i);
  requireBothClasses('the data', every, labels);

  const splits = Uint8Array.from(given, (split) => SPLITS.indexOf(split ?? 'train'));
  const membersOf = (split: Split): number[] =>
    every.filter((i) => splits[i] === SPLITS.indexOf(split));
  for (const split of ['test', 'validation'] as const) {
    if (membersOf(split).length > 0) continue;
    const pool = { members: membersOf('train'), labels, groups };
    requireBothClasses('the training set', pool.members, labels);
    for (const i of holdOut(pool, HELD_OUT, random)) splits[i] = SPLITS.indexOf(split);
  }
  for (const split of SPLITS) requireBothClasses(`the ${split} set`, membersOf(split), labels);
  return splits;
}

function requireBothClasses(
  what: string,
  members: readonly number[],
  labels: ArrayLike<number>,
): void {
  for (const [label, name] of ['negative', 'positive'].entries()) {
    if (!members.some((member) => labels[member] === label)) {
      throw new SplitError(
        `Both classes are needed, but ${what} (${members.length} reviews) has no ${name} review.`,
      );
    }
  }
}
