import { LoopGuard, StoppedError } from './guard.ts';
import { GUARD } from './instrument.ts';
import { controlValues } from './control-values.ts';
import type { Control } from './control-values.ts';

/** What a cell tells while it runs. */
export interface CellListener {
  /** A run begins: the reader's, or one because something upstream has a new value. */
  started(): void;
  /** The code, or an iterator that it returned, is at work; or no more. */
  busy(busy: boolean): void;
  display(value: unknown): void;
  /** A control for the reader; `index` counts the cell's controls from 0. */
  control(control: Control, index: number): void;
}

type Iterator = AsyncIterator<unknown> & { return(): unknown };

/** One run of a cell: what belongs to it alone, and ends with it. */
export class CellRun {
  readonly #listener: CellListener;
  readonly #abort = new AbortController();
  readonly #guard = new LoopGuard(this.#abort.signal);
  #atWork = 0;
  #controls = 0;

  constructor(listener: CellListener) {
    this.#listener = listener;
    listener.started();
  }

  /** Names that mean something of their own in every run. */
  readonly own: Readonly<Record<string, unknown>> = {
    [GUARD]: this.#guard,
    display: (value: unknown) => this.#display(value),
    view: (control: Control) => this.#view(control),
  };

  /** Whether its results still count. */
  get over(): boolean {
    return this.#abort.signal.aborted;
  }

  get busy(): boolean {
    return this.#atWork > 0 && !this.over;
  }

  /** Ends it: loops stop at their next turn, iterators are closed, late results are dropped. */
  end(): void {
    const { busy } = this;
    this.#abort.abort();
    if (busy) this.#listener.busy(false);
  }

  /**
   * The result of the code, or a StoppedError as soon as the run is ended, whatever the code does.
   * Iterators in the result are followed, so that they end with the run.
   */
  async watch(code: () => unknown): Promise<unknown> {
    this.#work(1);
    try {
      const result = await Promise.race([code(), this.#stopped()]);
      return this.#follow(result);
    } finally {
      this.#work(-1);
    }
  }

  /** Never resolves; rejects when the run is ended. */
  #stopped(): Promise<never> {
    const { signal } = this.#abort;
    return new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(new StoppedError('Stopped.')));
    });
  }

  #work(change: 1 | -1): void {
    this.#atWork += change;
    if (!this.over) this.#listener.busy(this.#atWork > 0);
  }

  #display<T>(value: T): T {
    if (!this.over) this.#listener.display(value);
    return value;
  }

  #view(control: Control): AsyncGenerator<unknown> {
    if (!(control instanceof Element)) {
      throw new TypeError('view() takes a control, for instance Inputs.range([0, 10]).');
    }
    this.#listener.control(control, this.#controls++);
    this.#display(control);
    return controlValues(control, this.#abort.signal);
  }

  /** Iterators, alone or among the outputs, count as work until they are done. */
  #follow(result: unknown): unknown {
    if (isIterator(result)) return this.#followIterator(result);
    if (!isPlainObject(result)) return result;
    return Object.fromEntries(
      Object.entries(result).map(([name, value]) => [
        name,
        isIterator(value) ? this.#followIterator(value) : value,
      ]),
    );
  }

  #followIterator(iterator: Iterator): Iterator {
    // A control's values never end, and wait for nobody.
    if (controlValues.made(iterator)) return iterator;
    this.#work(1);
    let open = true;
    const close = (): void => {
      if (open) this.#work(-1);
      open = false;
    };
    // Stopped, it ends as if it were done: the last value stays.
    const stopped = this.#stopped().catch(() => {
      iterator.return();
      return { done: true, value: undefined } as const;
    });
    return {
      next: async () => {
        try {
          const step = await Promise.race([iterator.next(), stopped]);
          if (step.done) close();
          return step;
        } catch (error) {
          close();
          throw error;
        }
      },
      return: async () => {
        close();
        return iterator.return();
      },
    } as Iterator;
  }
}

function isIterator(value: unknown): value is Iterator {
  const { next, return: end } = (value ?? {}) as Partial<Iterator>;
  return typeof next === 'function' && typeof end === 'function';
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
