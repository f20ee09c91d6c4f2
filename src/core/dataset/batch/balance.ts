import type { Random } from '../../random.ts';

/**
 * Every review, and some of the smaller class again, until both are equally many: whole rounds of it,
 * then a random part. A class without reviews stays so.
 *
 * @param labels 0 or 1. Shape [n].
 */
export function balanced(labels: Uint8Array, random: Random): Uint32Array<ArrayBuffer> {
  const all = Uint32Array.from(labels.keys());
  const classes = [0, 1].map((label) => all.filter((review) => labels[review] === label));
  const [smaller, larger] = classes.toSorted((a, b) => a.length - b.length) as [
    Uint32Array,
    Uint32Array,
  ];
  if (smaller.length === 0) return all;
  const order = new Uint32Array(2 * larger.length);
  order.set(larger);
  for (let at = larger.length; at < order.length; at += smaller.length) {
    order.set(random.shuffle(smaller).subarray(0, order.length - at), at);
  }
  return order;
}

/** How many reviews an epoch has. */
export function reviewsPerEpoch(
  labels: Uint8Array,
  { balance = false }: { readonly balance?: boolean },
): number {
  const positive = labels.reduce((sum, label) => sum + label, 0);
  const larger = Math.max(positive, labels.length - positive);
  return balance && larger < labels.length ? 2 * larger : labels.length;
}
