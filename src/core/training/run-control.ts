export type RunState = 'running' | 'paused' | 'stopped';

/** Pause, resume and stop a run from outside it. A run asks {@link RunControl.mayGoOn} each batch. */
export class RunControl {
  #state: RunState = 'running';
  #wake: (() => void) | undefined;

  get state(): RunState {
    return this.#state;
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state === 'paused') this.#change('running');
  }

  /** Final: a stopped run can't be resumed. */
  stop(): void {
    this.#change('stopped');
  }

  /** Waits while paused. Resolves to false once the run is stopped. */
  async mayGoOn(): Promise<boolean> {
    while (this.#state === 'paused') {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#state === 'running';
  }

  #change(state: RunState): void {
    this.#state = state;
    this.#wake?.();
    this.#wake = undefined;
  }
}
