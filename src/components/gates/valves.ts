/** What an LSTM does at each timestep of a review, as a page holds it: T timesteps, U units. */
export interface Valves {
  readonly words: readonly string[];
  readonly units: number;
  /** [T, U] each, row-major, by the names of the cell’s equations. */
  readonly vectors: Readonly<Record<'i' | 'f' | 'g' | 'o' | 'c' | 'h', readonly number[]>>;
  /** Mean over all units: [T]. */
  readonly means: Readonly<Record<'i' | 'f' | 'o', readonly number[]>>;
  /** Probability of a positive review so far: [T]. */
  readonly verdicts: readonly number[];
}

/** The vectors of one timestep, by the names that the cell diagram gives its nodes. */
export function vectorsOf({ vectors, units }: Valves, step: number) {
  const at = (values: readonly number[], t: number): number[] =>
    t < 0 ? Array.from({ length: units }, () => 0) : values.slice(t * units, (t + 1) * units);
  return {
    c0: at(vectors.c, step - 1),
    h0: at(vectors.h, step - 1),
    f: at(vectors.f, step),
    i: at(vectors.i, step),
    g: at(vectors.g, step),
    o: at(vectors.o, step),
    c: at(vectors.c, step),
    h: at(vectors.h, step),
  };
}

/** What the gates do at a timestep, in a sentence. */
export function describeValves({ words, means, verdicts }: Valves, step: number): string {
  const share = (value: number): string => `${Math.round(100 * value)}\u202f%`;
  return (
    `“${words[step]!}”: on average, the forget gate lets ${share(means.f[step]!)} of the cell through, ` +
    `the input gate ${share(means.i[step]!)} of the new, the output gate ${share(means.o[step]!)}. ` +
    `Positive so far: ${share(verdicts[step]!)}.`
  );
}

/**
 * Words after which half is left of what a cell holds, where its forget gate has one value:
 * f^n = ½, so n = ln ½ / ln f.
 *
 * @param forget 0 to 1; 1 keeps it for ever
 */
export function halfLife(forget: number): number {
  if (forget <= 0) return 0;
  return forget >= 1 ? Infinity : Math.log(0.5) / Math.log(forget);
}

/** A half-life in words. */
export function describeHalfLife(forget: number): string {
  const words = halfLife(forget);
  const gate = `A forget gate of ${forget.toFixed(3).replace(/0$/, '')}`;
  if (words === Infinity) return `${gate} keeps everything for ever.`;
  return `${gate} keeps half of what the cell holds for ${words.toFixed(1)} words.`;
}
