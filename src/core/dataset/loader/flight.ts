interface Flight<T> {
  readonly promise: Promise<T>;
  readonly controller: AbortController;
  passengers: number;
}

/**
 * Runs each job once however many callers want it at the same time. A caller that aborts leaves
 * alone; the job itself is aborted when the last one has left. A failed job is forgotten, so that
 * the next caller starts it anew.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  /** Joins the job named `key`, or starts it. Rejects with the signal's reason when aborted. */
  async join(
    key: string,
    start: (signal: AbortSignal) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    signal?.throwIfAborted();
    let flight = this.#flights.get(key);
    if (flight === undefined) {
      const controller = new AbortController();
      flight = { promise: start(controller.signal), controller, passengers: 0 };
      this.#flights.set(key, flight);
    }
    flight.passengers += 1;
    try {
      return await abortable(flight.promise, signal);
    } finally {
      flight.passengers -= 1;
      if (flight.passengers === 0) {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.controller.abort();
      }
    }
  }
}

/** Settles as `promise` does, or rejects with the signal's reason as soon as it is aborted. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
