import type { BatchSource } from './run-options.ts';

/** So many batches as one epoch, through as many epochs of a source as that takes. */
export function overEpochs(source: BatchSource, batches: number): BatchSource {
  return {
    size: batches,
    *epoch(_, from = 0) {
      let at = from;
      for (let epoch = Math.floor(from / source.size); ; epoch++) {
        for (const batch of source.epoch(epoch, at % source.size)) {
          if (at++ === batches) return;
          yield batch;
        }
      }
    },
  };
}
