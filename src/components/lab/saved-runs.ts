import { signal } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { Calls, SavedRun } from '../../client/index.ts';

/** Set once a run was saved: without it nobody asks, and no tensor code is loaded for it. */
const FLAG = 'unrolled-saved-runs';

export const savedRuns = signal<Calls['savedRuns']['result'] | undefined>(undefined);
/** The last checkpoint of this visit. */
export const lastSaved = signal<SavedRun | undefined>(undefined);

/** Whether an earlier visit has saved something. */
export function mayHaveSaved(): boolean {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}

export async function listSaved(): Promise<void> {
  savedRuns.value = await compute.call('savedRuns', {});
}

/** Forgets runs, with the reader's consent. */
export async function removeSaved(runs: readonly string[]): Promise<void> {
  savedRuns.value = await compute.call('removeRuns', { runs });
  if (savedRuns.value.runs.length === 0) flag(false);
}

export function noteSaved(saved: SavedRun): void {
  lastSaved.value = saved;
  flag(true);
  void listSaved();
}

/** Where storage is refused, nothing was saved either. */
function flag(on: boolean): void {
  try {
    if (on) localStorage.setItem(FLAG, '1');
    else localStorage.removeItem(FLAG);
  } catch {
    // The browser keeps nothing here.
  }
}
