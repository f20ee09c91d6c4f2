import * as tf from '@tensorflow/tfjs';
import { poolOverTime } from '../kernels/ops/pool-over-time.ts';
import type { CallOptions, LayerPrototype } from './stock.ts';

interface PoolingPrototype extends LayerPrototype {
  computeMask(): null;
}

/**
 * Lets TensorFlow.js's global pooling over time respect a mask, as Keras's does: the mean counts
 * the unmasked timesteps alone, the maximum looks at them alone. A review without any gives 0.
 */
function respectMask(layer: tf.layers.Layer, mode: 'max' | 'average'): void {
  const prototype: PoolingPrototype = Object.getPrototypeOf(layer);
  const stockCall = prototype.call;
  prototype.call = function call(inputs, kwargs: CallOptions | null | undefined) {
    const mask = kwargs?.mask;
    if (!mask) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return poolOverTime(x as tf.Tensor3D, mask as tf.Tensor2D, { mode });
  };
  // Pooling ends the sequence, and with it the mask.
  prototype.computeMask = () => null;
}

respectMask(tf.layers.globalAveragePooling1d({}), 'average');
respectMask(tf.layers.globalMaxPooling1d({}), 'max');
