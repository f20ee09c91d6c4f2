import type { SimdExports } from '../exports.ts';
import { CALLED, type Desk, FAILED } from './desk.ts';

/** Kernels that threads help with. The order numbers them. */
export const SHARED_KERNELS = [
  ...(['gemm', 'gatherTableRows', 'sumSegments', 'addArrays', 'adamStep', 'rmsPropStep'] as const),
  ...(['forwardSimpleRnn', 'forwardLstm', 'forwardGru'] as const),
  ...(['backwardSimpleRnn', 'backwardLstm', 'backwardGruAfter', 'backwardGruBefore'] as const),
] as const;
export type SharedKernel = (typeof SHARED_KERNELS)[number];

/** A thread failed in a kernel, or no longer answers. What it was to write is not to be used. */
export class ThreadError extends Error {
  override readonly name = 'ThreadError';
}

/** A thread that helps. */
export interface Helper {
  readonly desk: Desk;
  /** Ends the thread. */
  readonly stop: () => void;
}

/** A part of a call takes seconds at most: a thread that is silent for longer is lost. */
const PATIENCE_MS = 60_000;

/**
 * The threads that compute together: the calling one and its helpers. Whoever makes a call splits it
 * into parts, and the same parts give the same numbers.
 */
export class Team {
  readonly #run: SimdExports;
  readonly #patience: number;
  #helpers: readonly Helper[];

  constructor(run: SimdExports, helpers: readonly Helper[] = [], patience = PATIENCE_MS) {
    this.#run = run;
    this.#helpers = helpers;
    this.#patience = patience;
  }

  /** Threads, the calling one included. */
  get size(): number {
    return 1 + this.#helpers.length;
  }

  /**
   * Runs the parts of a call at the same time, one in each thread, and returns when all are done.
   *
   * @param parts what each thread calls the kernel with: one at least, `size` at most
   * @throws ThreadError if a helper fails; from then on the calling thread is alone
   */
  run<K extends SharedKernel>(kernel: K, parts: readonly Parameters<SimdExports[K]>[]): void {
    const [own, ...others] = parts;
    const helpers = this.#helpers.slice(0, others.length);
    if (helpers.length < others.length) {
      throw new RangeError(`${kernel}: ${parts.length} parts for ${this.size} threads`);
    }
    const code = SHARED_KERNELS.indexOf(kernel);
    helpers.forEach(({ desk }, i) => desk.write(code, others[i]!));
    try {
      (this.#run[kernel] as (...values: number[]) => void)(...own!);
    } finally {
      this.#await(kernel, helpers);
    }
  }

  /** Ends the helpers. The calling thread goes on alone. */
  disband(): void {
    for (const { stop } of this.#helpers) stop();
    this.#helpers = [];
  }

  #await(kernel: string, helpers: readonly Helper[]): void {
    for (const { desk } of helpers) {
      if (desk.waitWhile(CALLED, this.#patience) && desk.state !== FAILED) continue;
      const problem = desk.state === FAILED ? 'failed' : 'no longer answers';
      this.disband();
      throw new ThreadError(`${kernel}: a thread ${problem}. One thread computes from now on.`);
    }
  }
}
