import { signal } from '@preact/signals-core';
import { compute, ComputeError } from '../../client/index.ts';
import type { DataProgress } from '../../client/index.ts';
import { messageOf } from './format.ts';

/** How the data stands, and what went wrong with it. */
export const data = signal<DataProgress | undefined>(undefined);
export const dataProblem = signal('');

let streaming = false;

/** Streams the rest of the reviews in; after a failure it can be called again. */
export async function loadAll(): Promise<void> {
  if (streaming) return;
  streaming = true;
  dataProblem.value = '';
  try {
    const call = compute.start('load', {});
    for await (const progress of call) data.value = progress;
    await call.result;
  } catch (error) {
    dataProblem.value = messageOf(error);
  } finally {
    streaming = false;
  }
}

/** The reviews could not be loaded: their card offers what helps. */
export const isDataError = (error: unknown): boolean =>
  error instanceof ComputeError && error.kind === 'DataError';
