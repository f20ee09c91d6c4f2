/** The step that is timed. */
export const SHAPE = {
  batch: 32,
  steps: 500,
  vocabulary: 10_000,
  embedding: 128,
  units: 64,
} as const;

export interface Batch {
  /** [batch, steps], row-major. 0 stands for padding. */
  readonly ids: Int32Array;
  /** 0 at padding; without it, every review fills its row. */
  readonly mask: Int32Array | undefined;
  /** [batch] */
  readonly labels: Float32Array;
}

/**
 * Made-up reviews whose words follow Zipf's law, so that about as many are distinct as in real ones.
 *
 * @param padded lengths spread evenly from 60 to 500 words, padded at the front, instead of 500 each
 */
export function makeBatch({ padded }: { padded: boolean }): Batch {
  const { batch, steps, vocabulary } = SHAPE;
  const ids = new Int32Array(batch * steps);
  const mask = new Int32Array(batch * steps);
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let row = 0; row < batch; row++) {
    const length = padded ? Math.round(60 + ((steps - 60) * row) / (batch - 1)) : steps;
    for (let t = steps - length; t < steps; t++) {
      // The inverse of 1 / rank's distribution function.
      ids[row * steps + t] = Math.min(Math.floor(vocabulary ** random()), vocabulary - 1);
      mask[row * steps + t] = 1;
    }
  }
  const labels = Float32Array.from({ length: batch }, (_, row) => row % 2);
  return { ids, mask: padded ? mask : undefined, labels };
}
