import { signal } from '@preact/signals-core';
import type { RunStarted } from '../../client/index.ts';
import type { RunLog } from './run-log.ts';

/** A run of this visit that has ended. */
export interface PastRun {
  readonly started: RunStarted;
  readonly log: RunLog;
  readonly outcome: string;
}

/** Newest first; of a run that went on, its last part. */
export const pastRuns = signal<readonly PastRun[]>([]);

export function addPastRun(started: RunStarted, log: RunLog, outcome: string): void {
  const others = pastRuns.value.filter(({ started: { run } }) => run !== started.run);
  pastRuns.value = [{ started, log, outcome }, ...others];
}
