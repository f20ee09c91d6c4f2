/** Hidden states of one review at each timestep; row-major. */
export interface States {
  /** [steps, units] */
  readonly values: ArrayLike<number>;
  readonly steps: number;
  readonly units: number;
}

/** Length of the state after a timestep. */
export function normAt({ values, units }: States, step: number): number {
  let sum = 0;
  for (let unit = 0; unit < units; unit += 1) sum += values[step * units + unit]! ** 2;
  return Math.sqrt(sum);
}

/** Distance between the states after two timesteps. */
export function distanceBetween({ values, units }: States, a: number, b: number): number {
  let sum = 0;
  for (let unit = 0; unit < units; unit += 1) {
    sum += (values[a * units + unit]! - values[b * units + unit]!) ** 2;
  }
  return Math.sqrt(sum);
}

/**
 * How far the state that the verdict sees is from the one after the last word, in a sentence.
 *
 * @param pad whether each timestep is padding
 */
export function describeStates(states: States, pad: readonly boolean[]): string {
  const word = pad.lastIndexOf(false);
  const last = states.steps - 1;
  const length = `Length of the state after the last word: ${normAt(states, word).toFixed(2)}`;
  if (word === last) return `${length}. The verdict sees just this.`;
  const way = distanceBetween(states, word, last).toFixed(2);
  return `${length}. ${last - word} steps of padding later it has moved by ${way}.`;
}
