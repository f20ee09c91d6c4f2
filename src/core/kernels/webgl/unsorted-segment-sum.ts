import * as tf from '@tensorflow/tfjs';
import type { WebglBackend } from './backend.ts';
import { sumBySegment } from './chains.ts';
import { chainSumShader } from './chains.glsl.ts';
import { Draws } from './draws.ts';

const KERNEL = 'UnsortedSegmentSum';
const BACKEND = 'webgl';

/** Inputs and attributes of tfjs's kernel. */
interface Arguments {
  readonly x: tf.TensorInfo;
  readonly segmentIds: tf.TensorInfo;
  readonly numSegments: number;
}

const sumShader = chainSumShader({
  tensors: ['values'],
  term: 'valuesAt(position * columns + column)',
});

/**
 * Replaces TensorFlow.js's `UnsortedSegmentSum`, the gradient of an embedding, on the `webgl`
 * backend. The stock kernel compares every row with every segment: rows × vocabulary × columns.
 * Integers and empty tensors stay with it.
 *
 * @throws Error if the stock kernels are not there
 */
export function registerUnsortedSegmentSumWebgl(): void {
  const stock = tf.getKernel(KERNEL, BACKEND);
  if (!stock) throw new Error(`tfjs's ${BACKEND} backend has no ${KERNEL}: it is not imported yet`);
  tf.unregisterKernel(KERNEL, BACKEND);
  tf.registerKernel({
    ...stock,
    kernelFunc: (call) => {
      const args = { ...call.inputs, ...call.attrs } as unknown as Arguments;
      return isOurs(args)
        ? unsortedSegmentSum(call.backend as WebglBackend, args)
        : stock.kernelFunc(call);
    },
  });
}

const isOurs = ({ x, numSegments }: Arguments): boolean =>
  x.dtype === 'float32' && numSegments > 0 && !x.shape.includes(0);

function unsortedSegmentSum(
  backend: WebglBackend,
  { x, segmentIds, numSegments }: Arguments,
): tf.TensorInfo {
  const draws = new Draws(backend, KERNEL);
  try {
    const shape = [numSegments, ...x.shape.slice(segmentIds.shape.length)];
    const positions = tf.util.sizeFromShape(segmentIds.shape);
    const segments = { ids: segmentIds, positions, segmentCount: numSegments };
    return sumBySegment(draws, segments, shape, sumShader, {
      planes: { values: draws.input(x) },
      ints: {},
    });
  } finally {
    draws.finish();
  }
}
