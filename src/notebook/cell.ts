import { computed, signal } from '@preact/signals-core';
import type { Control } from './engine/control-values.ts';
import type { Failure } from './engine/error-place.ts';
import type { Wiring } from './graph.ts';

/** How the cell's last run stands. */
export type RunState = 'new' | 'waiting' | 'running' | 'done' | 'failed' | 'stopped';

/** What a cell has run: its text and what that reads and defines. */
export interface Ran extends Wiring {
  readonly text: string;
}

/** One cell of a lesson: what the lesson says, what the reader made of it, and how its run stands. */
export class Cell {
  readonly name: string;
  /** The lesson's own code. */
  readonly original: string;
  /** The code as it is now. */
  readonly text = signal('');
  /** Code that a link brings. It is not the cell's until the reader runs it. */
  readonly proposal = signal<string | undefined>(undefined);
  /** The reader's draft that a link's code has replaced. */
  readonly replaced = signal<string | undefined>(undefined);

  readonly state = signal<RunState>('new');
  readonly ran = signal<Ran | undefined>(undefined);
  readonly failure = signal<Failure | undefined>(undefined);
  /** The values of the last run, for screen readers. */
  readonly summary = signal('');
  readonly edited = computed(() => this.text.value !== this.original);

  /** Controls that the last run has shown, in their order. */
  readonly controls: Control[] = [];
  /** Values that the controls get when they are shown. */
  controlValues: readonly unknown[] = [];

  /** Where the cell's element wants its output. */
  output: HTMLElement | undefined;

  constructor(name: string, original: string) {
    this.name = name;
    this.original = original;
    this.text.value = original;
  }

  /** The code has run, and is another one now. */
  get changed(): boolean {
    const { value } = this.ran;
    return value !== undefined && value.text !== this.text.value;
  }
}
