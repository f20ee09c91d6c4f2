import type { Pipeline } from '../../core/pipeline.ts';
import type { Preparing } from '../../protocol/compute.ts';

/** Learns a model's first weights, with a word about each hundredth of it. */
export function prepare(
  pipeline: Pipeline,
  emit: (event: Preparing) => void,
  signal: AbortSignal,
): Promise<void> {
  let said = -1;
  return pipeline.prepare({
    signal,
    onProgress: (share) => {
      const percent = Math.floor(100 * share);
      if (percent > said) emit({ type: 'preparing', share });
      said = percent;
    },
  });
}
