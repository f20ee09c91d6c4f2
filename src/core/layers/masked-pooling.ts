import * as tf from '@tensorflow/tfjs';
import type { CallOptions, LayerPrototype } from './stock.ts';

interface PoolingPrototype extends LayerPrototype {
  computeMask(): null;
}

/** Lower than any activation, and still a number when multiplied by a mask. */
const NOTHING = -1e30;

/**
 * Lets TensorFlow.js's global pooling over time respect a mask, as Keras's does: the mean counts
 * the unmasked timesteps alone, the maximum looks at them alone. A review without any gives 0.
 */
function respectMask(
  layer: tf.layers.Layer,
  pool: (x: tf.Tensor3D, mask: tf.Tensor3D) => tf.Tensor,
): void {
  const prototype: PoolingPrototype = Object.getPrototypeOf(layer);
  const stockCall = prototype.call;
  prototype.call = function call(inputs, kwargs: CallOptions | null | undefined) {
    const mask = kwargs?.mask;
    if (!mask) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.tidy(() => pool(x as tf.Tensor3D, mask.cast('float32').expandDims(2)));
  };
  // Pooling ends the sequence, and with it the mask.
  prototype.computeMask = () => null;
}

respectMask(tf.layers.globalAveragePooling1d({}), (x, mask) =>
  x.mul(mask).sum(1).div(mask.sum(1).maximum(1)),
);

respectMask(tf.layers.globalMaxPooling1d({}), (x, mask) => {
  const highest = x.mul(mask).add(tf.sub(1, mask).mul(NOTHING)).max(1);
  return highest.mul(mask.max(1));
});
