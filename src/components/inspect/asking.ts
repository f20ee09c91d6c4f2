import { compute, ComputeError } from '../../client/index.ts';
import type { AskingProgress, CallName, Calls, RunningCall } from '../../client/index.ts';

type LongCall = 'runningLogits' | 'occlusion' | 'unitReviews' | 'knockOut';

/** Questions under way, which can all be given up at once. */
export class Asking {
  readonly #calls = new Set<RunningCall<CallName>>();
  readonly #say: (words: string) => void;

  /** @param say told what is under way, and how far it is */
  constructor(say: (words: string) => void) {
    this.#say = say;
  }

  /** A question that is answered at once. */
  ask<K extends CallName>(name: K, request: Calls[K]['request']): Promise<Calls[K]['result']> {
    return this.#hold(compute.start(name, request), ({ result }) => result);
  }

  /** A question that tells how far it is. */
  follow<K extends LongCall>(
    name: K,
    request: Calls[K]['request'],
    words: string,
  ): Promise<Calls[K]['result']> {
    this.#say(words);
    return this.#hold(compute.start(name, request), async (call) => {
      for await (const event of call) {
        const { share } = event as AskingProgress;
        this.#say(`${words}: ${Math.round(100 * share)}\u202f%`);
      }
      return call.result;
    });
  }

  stop(): void {
    for (const call of this.#calls) call.stop();
    this.#calls.clear();
  }

  async #hold<K extends CallName, T>(
    call: RunningCall<K>,
    wait: (call: RunningCall<K>) => Promise<T>,
  ): Promise<T> {
    const held = call as unknown as RunningCall<CallName>;
    this.#calls.add(held);
    try {
      return await wait(call);
    } finally {
      this.#calls.delete(held);
    }
  }
}

/** Whether a question was given up, which is no problem. */
export const isStopped = (error: unknown): boolean =>
  error instanceof ComputeError && error.kind === 'AbortError';
