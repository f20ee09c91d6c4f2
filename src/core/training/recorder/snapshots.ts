import type { Checkpoint } from '../checkpoints/checkpoint.ts';

/**
 * The last two copies of a run's state, in the CPU's memory. With as many steps between them as the
 * flight recorder remembers, the older one lies before whatever is on record.
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
    this.#kept = [...this.#kept.slice(-1), snapshot];
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
