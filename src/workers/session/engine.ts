import * as tf from '@tensorflow/tfjs';
import { chooseBackend } from '../../core/kernels/choose-backend.ts';
import type { BackendChoice, EngineReport } from '../../core/kernels/choose-backend.ts';
import { fallBack } from '../../core/kernels/fallback.ts';
import type { StartThread } from '../../core/kernels/simd/threads/recruit.ts';
import type { BackendFailure } from '../../core/kernels/spec/backend-failure.ts';
import type { VerdictMemory } from '../../core/kernels/verdicts.ts';
import type { EngineState } from '../../protocol/compute.ts';

/** The backend that tensors live on. */
export class Engine {
  readonly #startThread: StartThread | undefined;
  readonly #memory: VerdictMemory | undefined;
  #report: EngineReport | undefined;

  /**
   * @param startThread lets the processor's kernels run on several threads
   * @param memory where the tests of the engines are kept; left out, nowhere
   */
  constructor(startThread: StartThread | undefined, memory: VerdictMemory | undefined) {
    this.#startThread = startThread;
    this.#memory = memory;
  }

  /**
   * @param retest whether to test and time every engine anew
   * @throws BackendError if the one asked for can't be used
   */
  async choose(choice: BackendChoice, retest = false): Promise<EngineReport> {
    const threads = this.#startThread && { start: this.#startThread };
    const options = { threads, memory: this.#memory, retest };
    return (this.#report = await chooseBackend(choice, undefined, options));
  }

  /** Any backend, if there is none yet. */
  async start(): Promise<EngineReport> {
    return this.#report ?? this.choose('auto');
  }

  /** What runs, and what it holds. Starts any backend, if there is none yet. */
  async state(): Promise<EngineState> {
    const report = await this.start();
    const { numTensors, numBytes } = tf.memory();
    return { report, memory: { tensors: numTensors, bytes: numBytes } };
  }

  /** Another backend than the one that has failed. */
  async replace(failure: BackendFailure): Promise<EngineReport> {
    return (this.#report = await fallBack(failure, undefined, { memory: this.#memory }));
  }
}
