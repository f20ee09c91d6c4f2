import type { Checkpoint } from '../checkpoints/checkpoint.ts';

/**
 * The last two or three copies of a run's state, in the CPU's memory: the newest, and one that is at
 * least `every` steps older. With as many as the flight recorder remembers, that one lies before
 * whatever is on record.
 */
export class Snapshots {
  readonly #every: number;
  #kept: readonly Checkpoint[] = [];

  constructor(every: number) {
    this.#every = every;
  }

  /** Whether it is time for the next. */
  isDue(step: number): boolean {
    const last = this.latest;
    return !last || step - last.position.step >= this.#every;
  }

  add(snapshot: Checkpoint): void {
    const steps = (from: Checkpoint, to: Checkpoint): number =>
      to.position.step - from.position.step;
    const [before, last] = this.#kept.slice(-2);
    // One that came early gives way.
    const kept =
      before && last && steps(before, last) < this.#every ? this.#kept.slice(0, -1) : this.#kept;
    const first = kept.findLastIndex((old) => steps(old, snapshot) >= this.#every);
    this.#kept = [...kept.slice(Math.max(0, first)), snapshot];
  }

  get latest(): Checkpoint | undefined {
    return this.#kept.at(-1);
  }

  /** The newest that is older than a step (from 1) and holds nothing but numbers. */
  before(step: number): Checkpoint | undefined {
    return this.#kept.findLast(
      ({ position, weights }) =>
        position.step < step && weights.every(({ values }) => values.every(Number.isFinite)),
    );
  }
}
