import type { SavedEvent, UnsavedEvent } from '../events.ts';
import type { SavingOptions } from '../run-options.ts';
import type { Checkpoint } from './checkpoint.ts';

const SECONDS = 30;

/** Saves a run while it goes on: one checkpoint at a time, and what fails is told, not thrown. */
export class Saver {
  readonly #options: SavingOptions;
  readonly #news: (SavedEvent | UnsavedEvent)[] = [];
  #lastStep: number;
  #lastTime = performance.now();
  #saving: Promise<void> | undefined;

  constructor(options: SavingOptions, step: number) {
    this.#options = options;
    this.#lastStep = step;
  }

  /** Whether it is time, and the last checkpoint has come through. */
  isDue(step: number): boolean {
    if (this.#saving) return false;
    const { everySteps, everySeconds = everySteps === undefined ? SECONDS : Infinity } =
      this.#options;
    const seconds = (performance.now() - this.#lastTime) / 1000;
    return step - this.#lastStep >= (everySteps ?? Infinity) || seconds >= everySeconds;
  }

  /** Starts to save. Await {@link Saver.settled} first if the last one must not be passed over. */
  save(checkpoint: Checkpoint): void {
    const { store, run } = this.#options;
    const { step } = checkpoint.position;
    this.#lastStep = step;
    this.#lastTime = performance.now();
    this.#saving = store
      .save(run, checkpoint)
      .then((saved) => void this.#news.push({ ...saved, type: 'saved' }))
      .catch((error: unknown) => {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        this.#news.push({ type: 'unsaved', step, error: { name, message } });
      })
      .finally(() => {
        this.#saving = undefined;
      });
  }

  async settled(): Promise<void> {
    await this.#saving;
  }

  /** What has happened since the last call. */
  news(): (SavedEvent | UnsavedEvent)[] {
    return this.#news.splice(0);
  }
}
