/** There are as many texts waiting as there may be. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError';
}

interface Job<R> {
  readonly key: string;
  readonly text: string;
  resolve(result: R): void;
  reject(error: unknown): void;
}

export interface QueueOptions<R> {
  /** Works on texts of one key; one result each, in their order. Never called twice at a time. */
  readonly run: (key: string, texts: readonly string[]) => Promise<readonly R[]>;
  /** Texts of a batch at most. */
  readonly batch: number;
  /** How long a text may wait for company, in milliseconds. */
  readonly window: number;
  /** Texts that may wait at most. */
  readonly capacity: number;
}

/**
 * Brings texts of many requests together into batches. A text waits a few milliseconds for others,
 * or until the batch before it is done.
 */
export class BatchQueue<R> {
  readonly #options: QueueOptions<R>;
  #waiting: Job<R>[] = [];
  #running = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: QueueOptions<R>) {
    this.#options = options;
  }

  /** @throws QueueFullError if there is no room for all of the texts */
  async add(key: string, texts: readonly string[]): Promise<R[]> {
    if (this.#waiting.length + texts.length > this.#options.capacity) {
      throw new QueueFullError(`${this.#waiting.length} texts are waiting.`);
    }
    const results = texts.map(
      (text) =>
        new Promise<R>((resolve, reject) => this.#waiting.push({ key, text, resolve, reject })),
    );
    this.#wake();
    return Promise.all(results);
  }

  #wake(): void {
    if (this.#running) return;
    if (this.#waiting.length >= this.#options.batch) void this.#drain();
    else this.#timer ??= setTimeout(() => void this.#drain(), this.#options.window);
  }

  async #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = true;
    while (this.#waiting.length > 0) {
      const jobs = this.#take();
      try {
        const results = await this.#options.run(
          jobs[0]!.key,
          jobs.map(({ text }) => text),
        );
        jobs.forEach(({ resolve }, index) => resolve(results[index]!));
      } catch (error) {
        for (const { reject } of jobs) reject(error);
      }
    }
    this.#running = false;
  }

  /** The longest waiting text, and others of its key. */
  #take(): Job<R>[] {
    const { key } = this.#waiting[0]!;
    const taken = new Set(
      this.#waiting.filter((job) => job.key === key).slice(0, this.#options.batch),
    );
    this.#waiting = this.#waiting.filter((job) => !taken.has(job));
    return [...taken];
  }
}
