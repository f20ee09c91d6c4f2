import * as tf from '@tensorflow/tfjs';
import { POOL_FORWARD } from '../spec/pool-contract.ts';
import type { PoolAttrs } from '../spec/pool-contract.ts';
import { expectShape } from './project.ts';

/** Lower than any activation, and still a number when multiplied by a mask. */
const NOTHING = -1e30;

/**
 * The mean or maximum over the unmasked timesteps: one kernel where the current backend has it, a
 * few operations of TensorFlow.js elsewhere. Differentiable with respect to `x`; of equal maxima the
 * kernel takes the first, the operations share the gradient out.
 *
 * @param x shape [batch, time, units]
 * @param mask shape [batch, time], int32 or bool. 0: skip this timestep
 * @returns shape [batch, units], zeros for a row without any timestep
 * @throws KernelShapeError if the mask does not fit
 */
export function poolOverTime(x: tf.Tensor3D, mask: tf.Tensor2D, attrs: PoolAttrs): tf.Tensor2D {
  expectShape('mask', mask, x.shape.slice(0, 2), 'pooling');
  return tf.tidy(() => {
    if (tf.getKernel(POOL_FORWARD, tf.getBackend())) {
      const inputs = { x, mask: mask.cast('int32') };
      const [y] = tf.engine().runKernel<tf.Tensor[]>(POOL_FORWARD, inputs, { ...attrs });
      return y as tf.Tensor2D;
    }
    const kept = mask.cast('float32').expandDims(2);
    if (attrs.mode === 'average') return x.mul(kept).sum(1).div(kept.sum(1).maximum(1));
    const highest = x.mul(kept).add(tf.sub(1, kept).mul(NOTHING)).max(1);
    return highest.mul(kept.max(1));
  });
}
