export type Pair = readonly [x: number, y: number];

/** A gradient of two numbers, clipped in Keras's ways. */
export interface ClippedPair {
  /** Each number alone. */
  readonly byValue: Pair;
  /** Both together. */
  readonly byNorm: Pair;
  /** Between the gradient and {@link ClippedPair.byValue}, in radians. */
  readonly angle: number;
}

/**
 * Clips two numbers by value and by norm.
 *
 * @param limit above 0
 */
export function clipPair([x, y]: Pair, limit: number): ClippedPair {
  const within = (value: number): number => Math.max(-limit, Math.min(limit, value));
  const byValue: Pair = [within(x), within(y)];
  const length = Math.hypot(x, y);
  const factor = length > limit ? limit / length : 1;
  return { byValue, byNorm: [factor * x, factor * y], angle: angleBetween([x, y], byValue) };
}

/** In radians; 0 if either has no length. */
export function angleBetween([ax, ay]: Pair, [bx, by]: Pair): number {
  const product = Math.hypot(ax, ay) * Math.hypot(bx, by);
  return product === 0 ? 0 : Math.acos(Math.max(-1, Math.min(1, (ax * bx + ay * by) / product)));
}

/** What clipping does to two numbers, in a sentence. */
export function describePair(gradient: Pair, limit: number): string {
  const { byValue, byNorm, angle } = clipPair(gradient, limit);
  const degrees = ((angle * 180) / Math.PI).toFixed(1);
  return `By value it becomes ${show(byValue)}, bent by ${degrees}°. By norm it becomes ${show(byNorm)}, bent by 0.0°.`;
}

const show = ([x, y]: Pair): string => `(${signed(x)}, ${signed(y)})`;
const signed = (value: number): string => value.toFixed(2).replace('-', '−');
