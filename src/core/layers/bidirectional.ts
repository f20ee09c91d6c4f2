import * as tf from '@tensorflow/tfjs';
import { fusedAttributes } from './fused-call.ts';
import type { CallOptions, LayerPrototype, StockRecurrent } from './stock.ts';

/** The parts of TensorFlow.js's Bidirectional that the fused call reads. */
interface StockBidirectional {
  readonly forwardLayer: StockRecurrent & LayerPrototype;
  readonly backwardLayer: StockRecurrent & LayerPrototype;
  readonly mergeMode: 'concat' | 'sum' | 'ave' | 'mul' | null;
  readonly returnState: boolean;
}

/**
 * Lets TensorFlow.js's Bidirectional take the backward layer's states at the timesteps where they
 * were read. The layer alone gives them in the order of reading, and Bidirectional turned them round
 * again: on the CPU those two copies took longer than the layer.
 */
export function fuseBidirectional(prototype: LayerPrototype): void {
  const stockCall = prototype.call;
  prototype.call = function call(
    this: LayerPrototype & StockBidirectional,
    inputs,
    kwargs: CallOptions | null | undefined,
  ) {
    const { forwardLayer, backwardLayer, mergeMode, returnState } = this;
    const fits =
      !returnState &&
      !kwargs?.initialState &&
      backwardLayer.goBackwards &&
      [forwardLayer, backwardLayer].every((layer) =>
        fusedAttributes(layer, kwargs?.training ?? false),
      );
    if (!fits) return stockCall.call(this, inputs, kwargs);
    return tf.tidy(() => {
      const forward = forwardLayer.call(inputs, kwargs) as tf.Tensor;
      const backward = backwardLayer.call(inputs, { ...kwargs, inTimeOrder: true }) as tf.Tensor;
      switch (mergeMode) {
        case 'concat':
          return tf.concat([forward, backward], -1);
        case 'sum':
          return forward.add(backward);
        case 'ave':
          return forward.add(backward).mul(0.5);
        case 'mul':
          return forward.mul(backward);
        case null:
          return [forward, backward];
      }
    });
  };
}
