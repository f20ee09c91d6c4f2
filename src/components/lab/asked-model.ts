import { signal } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { Calls, TestReading } from '../../client/index.ts';

/** The model that is asked: of a run, or opened from somewhere. */
export type AskedModel =
  | { readonly kind: 'trained'; readonly run: string }
  | { readonly kind: 'opened'; readonly name: string };

export const askedModel = signal<AskedModel | undefined>(undefined);

/** The last reading of the test set, and of which run. */
export const testReading = signal<
  { readonly run: string; readonly reading: TestReading } | undefined
>(undefined);

export const judge = (text: string): Promise<Calls['judge']['result']> =>
  compute.call('judge', { text });

export const judgeAlong = (text: string): Promise<Calls['judgeAlong']['result']> =>
  compute.call('judgeAlong', { text });

/** A review of the test set, with its text. */
export const sampleTestReview = (n: number): Promise<Calls['sample']['result']> =>
  compute.call('sample', { split: 'test', n });

/** The text of a row of the source. */
export const textOf = async (row: number): Promise<string> =>
  (await compute.call('review', { row })).text;

/** Reads the test set with the model as it is. */
export async function readTest(run: string, onProgress: (share: number) => void): Promise<void> {
  const call = compute.start('readTest', {});
  for await (const event of call) {
    if (event.type === 'reading') onProgress(event.reviews / event.total);
  }
  testReading.value = { run, reading: await call.result };
}
