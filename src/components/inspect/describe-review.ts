import type { Review } from '../../client/index.ts';
import { whole } from '../lab/format.ts';

const NAMES = { train: 'training', validation: 'validation', test: 'test' };

/** Where a review of the data stands, and what its author thought. */
export function describeReview({ row, label, split }: Review): string {
  const verdict = label === 1 ? 'positive' : 'negative';
  return `Row ${whole(row)}, a ${NAMES[split]} review. Its author’s rating was ${verdict}.`;
}
