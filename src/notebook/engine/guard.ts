import { yieldToEvents } from '../../core/yield-to-events.ts';

/** A loop that can make pauses makes one after this many milliseconds: the page stays smooth. */
const PAUSE_AFTER = 12;
/** A loop that can't make pauses is ended after this many milliseconds. */
const GIVE_UP_AFTER = 2000;

/** The reader has stopped the cell. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/** A loop has held the page for too long and was ended. */
export class RunawayLoopError extends Error {
  override readonly name = 'RunawayLoopError';
}

/** What the loops of a cell ask at every turn; see `instrumentLoops`. */
export class LoopGuard {
  readonly #signal: AbortSignal;
  /** When the code that runs now got the thread; undefined when it has let go since. */
  #since: number | undefined;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * For loops in ordinary functions.
   *
   * @throws StoppedError; RunawayLoopError when the page has waited for two seconds
   */
  check(): void {
    if (this.#held() > GIVE_UP_AFTER) {
      throw new RunawayLoopError(
        `A loop held the page for ${GIVE_UP_AFTER / 1000} seconds and was ended. A loop of the cell ` +
          'itself or of an async function may run on: it makes pauses by itself.',
      );
    }
  }

  /**
   * For loops that can await: whether it is time for a pause.
   *
   * @throws StoppedError
   */
  due(): boolean {
    return this.#held() > PAUSE_AFTER;
  }

  /**
   * Lets the page draw and answer.
   *
   * @throws StoppedError when the reader has stopped the cell meanwhile
   */
  async pause(): Promise<void> {
    await yieldToEvents();
    this.#since = undefined;
    this.#throwIfStopped();
  }

  /** Milliseconds since the thread was free. */
  #held(): number {
    this.#throwIfStopped();
    const now = performance.now();
    if (this.#since !== undefined) return now - this.#since;
    this.#since = now;
    void yieldToEvents().then(() => {
      this.#since = undefined;
    });
    return 0;
  }

  #throwIfStopped(): void {
    if (this.#signal.aborted) throw new StoppedError('Stopped.');
  }
}
