import { compute, CELLS, DEFAULT_MODEL } from '../../client/index.ts';
import type { Cell, ModelRef, ModelSettings, RunningCall, TrainEvent } from '../../client/index.ts';
import { messageOf, percent, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { RUN_MOMENT } from './run-moment.ts';

/** Milliseconds from one look at a run under way to the next. */
const LOOK_EVERY = 1500;

/** Trains a small network on this page, and lets the reader go back to any of its moments. */
class InspectRun extends LiveElement {
  #call: RunningCall<'train'> | undefined;
  #moments: readonly number[] = [];
  #lastLook = 0;

  protected connect(signal: AbortSignal): void {
    const on = (part: string, type: string, act: () => void): void =>
      this.child(part).addEventListener(type, act, { signal });
    on('train', 'click', () => void this.#train());
    on('stop', 'click', () => this.#call?.stop());
    on('moment', 'input', () => this.#go(this.#scrub.valueAsNumber));
    signal.addEventListener('abort', () => this.#call?.stop());
  }

  get #scrub(): HTMLInputElement {
    return this.child<HTMLInputElement>('moment');
  }

  async #train(): Promise<void> {
    const cell = this.child<HTMLSelectElement>('cell').value as Cell;
    if (this.#call || !CELLS.includes(cell)) return;
    this.#show(true);
    this.#say('Loading the reviews …');
    this.#moments = [];
    try {
      const settings = withCell(cell);
      const run = `Inspector, ${cell}`;
      this.#call = compute.start('train', { settings, trainOn: 'starter', backend: 'auto', run });
      for await (const event of this.#call) await this.#take(event);
      await this.#call.result;
      await this.#refresh();
    } catch (error) {
      this.#say(messageOf(error));
    } finally {
      this.#call = undefined;
      this.#show(false);
    }
  }

  async #take(event: TrainEvent): Promise<void> {
    if (event.type === 'batch') {
      const { step, steps, batch } = event;
      this.#say(`Step ${whole(step)} of ${whole(steps)}, loss ${batch.loss.toFixed(2)}.`);
      const now = performance.now();
      if (now - this.#lastLook < LOOK_EVERY) return;
      this.#lastLook = now;
      await this.#refresh();
    }
    if (event.type === 'epoch') {
      const { epoch, validation } = event;
      this.#say(
        `Epoch ${epoch + 1}: ${percent(validation!.accuracy)} of the validation reviews right.`,
      );
    }
  }

  /** Takes over the moments that there are by now; who stands at the end goes along. */
  async #refresh(): Promise<void> {
    const before = this.#moments;
    this.#moments = await compute.call('moments', {});
    const last = this.#moments.length - 1;
    if (last < 0) return;
    const scrub = this.#scrub;
    scrub.disabled = false;
    const step = before[scrub.valueAsNumber];
    const atEnd = step === undefined || step === before.at(-1);
    scrub.max = String(last);
    // Where every other moment was dropped, the one that is shown, or the one after it, stays.
    const kept = this.#moments.findIndex((one) => one >= (step ?? 0));
    scrub.value = String(atEnd ? last : kept);
    if (atEnd) scrub.dispatchEvent(new Event('input', { bubbles: true }));
  }

  /** Rewinds every panel to a moment of the run. */
  #go(index: number): void {
    const step = this.#moments[index];
    if (step === undefined) return;
    this.child('moment-text').textContent = `After step ${whole(step)} of the run.`;
    const detail: ModelRef = { kind: 'moment', step };
    this.dispatchEvent(new CustomEvent(RUN_MOMENT, { detail, bubbles: true }));
  }

  #show(running: boolean): void {
    this.child<HTMLButtonElement>('train').disabled = running;
    this.child<HTMLSelectElement>('cell').disabled = running;
    this.child<HTMLButtonElement>('stop').disabled = !running;
  }

  #say(words: string): void {
    this.child('status').textContent = words;
  }
}

/** The lab's settings with another layer. */
function withCell(cell: Cell): ModelSettings {
  const { network } = DEFAULT_MODEL;
  const layers = network.layers.map((layer) => ({ ...layer, cell }));
  return { ...DEFAULT_MODEL, network: { ...network, layers } };
}

define('inspect-run', InspectRun);
