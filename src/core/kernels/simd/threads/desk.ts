/** States of a desk: its thread waits, computes, or broke off. */
export const [IDLE, CALLED, FAILED] = [0, 1, 2] as const;
export type State = typeof IDLE | typeof CALLED | typeof FAILED;

/**
 * Where the calling thread leaves a call for a helping one: a few words in the memory that both
 * share. The state changes hands by atomic operations, so what was written before is seen after.
 */
export class Desk {
  /** Bytes of a desk: the state, the function's number, how many arguments, and these. */
  static readonly BYTES = 256;
  readonly #words: Int32Array;
  readonly #numbers: Float64Array;

  /** @param address a multiple of 8 */
  constructor(memory: WebAssembly.Memory, address: number) {
    this.#words = new Int32Array(memory.buffer, address, 4);
    this.#numbers = new Float64Array(memory.buffer, address + 16, Desk.BYTES / 8 - 2);
  }

  get state(): State {
    return Atomics.load(this.#words, 0) as State;
  }

  /** Also wakes the thread that waits for it. */
  set state(state: State) {
    Atomics.store(this.#words, 0, state);
    Atomics.notify(this.#words, 0);
  }

  /** Leaves a call: the number of a function, and what it is called with. */
  write(kernel: number, values: readonly number[]): void {
    this.#words[1] = kernel;
    this.#words[2] = values.length;
    this.#numbers.set(values);
    this.state = CALLED;
  }

  read(): { readonly kernel: number; readonly values: number[] } {
    const [, kernel, length] = this.#words;
    return { kernel: kernel!, values: Array.from(this.#numbers.subarray(0, length)) };
  }

  /**
   * Blocks while the state is this one: a short time busily, since most calls follow each other
   * closely, then asleep.
   *
   * @returns whether the state changed within that time
   */
  waitWhile(state: State, milliseconds = Number.POSITIVE_INFINITY): boolean {
    for (let i = 0; i < SPINS; i++) if (this.state !== state) return true;
    return Atomics.wait(this.#words, 0, state, milliseconds) !== 'timed-out';
  }
}

/** Rounds of the busy wait: about 50 µs. Waking a thread takes as long. */
const SPINS = 5000;
