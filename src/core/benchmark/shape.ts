/** The sizes of a training step: Embedding(vocabulary → embedding) → LSTM(units) → Dense(1). */
export interface StepShape {
  readonly batch: number;
  /** Timesteps. */
  readonly steps: number;
  readonly vocabulary: number;
  readonly embedding: number;
  readonly units: number;
}

/** The step that benchmarks time. */
export const REVIEW_STEP = {
  batch: 32,
  steps: 500,
  vocabulary: 10_000,
  embedding: 128,
  units: 64,
} as const satisfies StepShape;

/** What a step learns from. */
export interface StepBatch {
  /** [batch, steps], row-major. 0 stands for padding. */
  readonly ids: Int32Array;
  /** [batch] */
  readonly labels: Float32Array;
}

/**
 * Floating-point operations of the matrix products in a training step: two for each multiply-add,
 * each product once forward and twice backward.
 *
 * @param distinct words that are projected: with each distinct word once, fewer than batch × steps
 */
export function stepFlops({ batch, steps, embedding, units }: StepShape, distinct: number): number {
  const gates = 4 * units;
  return 6 * gates * (batch * steps * units + distinct * embedding);
}
