import { effect } from '@preact/signals-core';
import type { Cell } from './cell.ts';

/** Resolves when the cell's run has ended, however it ended. */
export function settled({ state }: Cell): Promise<void> {
  return new Promise((resolve) => {
    const dispose = effect(() => {
      if (state.value === 'waiting' || state.value === 'running') return;
      resolve();
      queueMicrotask(() => dispose());
    });
  });
}

/** How a run ended, in a sentence for those who listen. */
export function describeOutcome({ name, state, failure, summary }: Cell): string {
  const { message, line } = failure.value ?? {};
  if (state.value === 'failed') {
    return `${name} failed${line === undefined ? '' : ` in line ${line}`}: ${message ?? ''}.`;
  }
  if (state.value === 'stopped') return `${name} was stopped.`;
  return `${name} has run. ${summary.value}`;
}
