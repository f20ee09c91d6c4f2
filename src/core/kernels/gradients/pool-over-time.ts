import * as tf from '@tensorflow/tfjs';
import { POOL_BACKWARD, POOL_FORWARD } from '../spec/pool-contract.ts';
import type { PoolAttrs } from '../spec/pool-contract.ts';

/** Tells TensorFlow.js that {@link POOL_BACKWARD} is the gradient of {@link POOL_FORWARD}. */
export function registerPoolGradient(): void {
  tf.registerGradient({
    kernelName: POOL_FORWARD,
    inputsToSave: ['x', 'mask'],
    outputsToSave: [false, true],
    gradFunc: (dys, saved, attrs) => {
      const [dy] = dys as tf.Tensor[];
      const [x, mask, source] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const { mode } = attrs as unknown as PoolAttrs;
      const dx = (): tf.Tensor =>
        tf
          .engine()
          .runKernel(
            POOL_BACKWARD,
            { dy: dy!, mask, source },
            { mode, steps: x.shape[1]! },
          ) as tf.Tensor;
      return { x: dx };
    },
  });
}
