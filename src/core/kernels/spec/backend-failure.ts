/**
 * A backend failed by itself: what it was asked for was in order. Another one can go on with the
 * same weights: see `fallBack`.
 */
export abstract class BackendFailure extends Error {
  /** Whether the backend is gone for the rest of the visit. */
  abstract readonly lost: boolean;
}

/** There is no room left, and the memory may not grow further. */
export class OutOfMemoryError extends BackendFailure {
  override readonly name = 'OutOfMemoryError';
  readonly lost = false;
}
