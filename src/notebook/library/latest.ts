/** Hands values on to a slower reader: each gets the newest one, and what it missed is gone. */
export class Latest<T> {
  #value: T;
  #fresh = true;
  #done = false;
  #error: unknown;
  #wake = (): void => {};

  constructor(value: T) {
    this.#value = value;
  }

  get value(): T {
    return this.#value;
  }

  set(value: T): void {
    this.#value = value;
    this.#fresh = true;
    this.#wake();
  }

  /** No more will come. */
  end(error?: unknown): void {
    this.#done = true;
    this.#error = error;
    this.#wake();
  }

  /** Yields the newest value whenever there is one that was not read; throws what `end` was given. */
  async *read(): AsyncGenerator<T, void, undefined> {
    for (;;) {
      if (this.#fresh) {
        this.#fresh = false;
        yield this.#value;
      } else if (this.#done) {
        if (this.#error !== undefined) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
