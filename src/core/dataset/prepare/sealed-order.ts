import type { Random } from '../../random.ts';

/**
 * Fixes the order in which the reviews of one split are stored and first read: each class is
 * shuffled, then the classes are woven together so that every prefix holds them in the split's own
 * shares, to within one review. With equally many of both, every even prefix is half negative and
 * half positive, and chance decides which of each pair comes first.
 *
 * @param members indices of the split's reviews.
 * @param labels 0 or 1 for every review of the source.
 */
export function sealedOrder(
  members: readonly number[],
  labels: ArrayLike<number>,
  random: Random,
): number[] {
  const negative = random.shuffle(members.filter((member) => labels[member] === 0));
  const positive = random.shuffle(members.filter((member) => labels[member] !== 0));
  const order: number[] = [];
  let negatives = 0;
  while (order.length < members.length) {
    // How far each class would be behind its share after this review, times the split's size.
    const due = order.length + 1;
    const behindNegative = due * negative.length - negatives * members.length;
    const behindPositive = due * positive.length - (order.length - negatives) * members.length;
    const takeNegative =
      behindNegative === behindPositive ? random.int(2) === 0 : behindNegative > behindPositive;
    order.push(takeNegative ? negative[negatives++]! : positive[order.length - negatives]!);
  }
  return order;
}
