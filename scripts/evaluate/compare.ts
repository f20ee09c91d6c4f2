import type { ShippedWeights } from '../train/result.ts';
import type { ArchiveReading } from './read-reviews.ts';

/** How what was read now stands to what the result file says. */
export interface Comparison {
  /** Reviews that are judged right now, less those of the result file. */
  readonly difference: number;
  /** Whether other rounding explains it. */
  readonly explained: boolean;
}

/** @param accuracy of the same reviews in the result file */
export function compare(
  { accuracy, reviews, undecided }: ArchiveReading,
  expected: number,
): Comparison {
  const difference = Math.round(accuracy * reviews) - Math.round(expected * reviews);
  return { difference, explained: Math.abs(difference) <= undecided };
}

/**
 * The accuracy to expect on the sample, and the largest difference that is none: what was recorded,
 * but for reviews that other rounding may judge otherwise; without a record, the accuracy of all
 * test reviews, give or take four standard errors of a sample.
 */
export function expectedOnSample(
  { test_accuracy, sample_accuracy }: ShippedWeights,
  { reviews, undecided }: ArchiveReading,
  all: number,
): { readonly accuracy: number; readonly margin: number } {
  if (sample_accuracy !== undefined) {
    return { accuracy: sample_accuracy, margin: undecided / reviews };
  }
  const variance = (test_accuracy * (1 - test_accuracy)) / reviews;
  return { accuracy: test_accuracy, margin: 4 * Math.sqrt(variance * (1 - reviews / all)) };
}
