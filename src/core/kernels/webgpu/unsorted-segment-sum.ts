import * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.ts';
import { runCommands } from './commands.ts';
import { replaceKernel } from './replace-kernel.ts';
import { segmentSum } from './segment-sum.ts';

const KERNEL = 'UnsortedSegmentSum';

/** Inputs and attributes of tfjs's kernel. */
interface Arguments {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
  readonly numSegments: number;
}

/**
 * Replaces TensorFlow.js's `UnsortedSegmentSum`, the gradient of an embedding, on the `webgpu`
 * backend. The stock kernel adds floats by atomic operations in any order, and transposes its input
 * and its result for that. Integers and empty tensors stay with it.
 */
export function registerUnsortedSegmentSumWebgpu(): void {
  replaceKernel<Arguments>(KERNEL, isOurs, unsortedSegmentSum);
}

const isOurs = ({ x, numSegments }: Arguments): boolean =>
  x.dtype === 'float32' && numSegments > 0 && !x.shape.includes(0);

function unsortedSegmentSum(
  backend: WebgpuBackend,
  { x, segmentIds, numSegments }: Arguments,
): tf.TensorInfo {
  const rest = x.shape.slice(segmentIds.shape.length);
  return runCommands(backend, KERNEL, (commands) => {
    const { tensor, buffer } = commands.output([numSegments, ...rest]);
    segmentSum(commands, {
      ids: commands.input(segmentIds),
      values: commands.input(x),
      out: buffer,
      positions: tf.util.sizeFromShape(segmentIds.shape),
      segments: numSegments,
      columns: tf.util.sizeFromShape(rest),
    });
    return tensor;
  });
}
