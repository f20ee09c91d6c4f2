export type RunState = 'running' | 'paused' | 'stopped';

/** Pause, resume, step and stop a run from outside it. A run asks {@link RunControl.mayGoOn} each batch. */
export class RunControl {
  #state: RunState = 'running';
  /** Batches that a paused run may still take. */
  #granted = 0;
  /** Whether the last batch was a granted one: what follows it is part of that step. */
  #stepping = false;
  #wake: (() => void) | undefined;

  get state(): RunState {
    return this.#state;
  }

  pause(): void {
    if (this.#state === 'running') this.#state = 'paused';
  }

  resume(): void {
    if (this.#state !== 'paused') return;
    this.#granted = 0;
    this.#change('running');
  }

  /** One batch, with the validation if it ends the epoch; then the run is paused. */
  step(): void {
    if (this.#state === 'stopped') return;
    this.#granted++;
    this.#change('paused');
  }

  /** Final: a stopped run can't be resumed. */
  stop(): void {
    this.#change('stopped');
  }

  /** Waits while paused. Resolves to false once the run is stopped. */
  async mayGoOn(): Promise<boolean> {
    this.#stepping = false;
    while (this.#state === 'paused' && this.#granted === 0) await this.#woken();
    this.#stepping = this.#state === 'paused';
    if (this.#stepping) this.#granted--;
    return this.#state !== 'stopped';
  }

  /** The same between two batches of validation, which belongs to the step before it. */
  async mayValidate(): Promise<boolean> {
    while (this.#state === 'paused' && !this.#stepping && this.#granted === 0) await this.#woken();
    return this.#state !== 'stopped';
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #change(state: RunState): void {
    this.#state = state;
    this.#wake?.();
    this.#wake = undefined;
  }
}
