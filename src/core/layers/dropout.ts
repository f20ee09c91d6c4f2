import * as tf from '@tensorflow/tfjs';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { LayerPrototype } from './stock.ts';

interface StockDropout {
  readonly rate: number;
  getNoiseShape(x: tf.Tensor): number[] | null | undefined;
}

let random: Random | undefined;

/**
 * Every dropout that runs while `run` does draws from this seed, so that a step can be repeated. A
 * seed of the layer's own would drop the same numbers at every step.
 */
export function withDropoutSeed<T>(seed: number, run: () => T): T {
  const before = random;
  random = createRandom(seed);
  try {
    return run();
  } finally {
    random = before;
  }
}

/**
 * Keras's dropout: each number is 0 with probability `rate`, and the others grow by 1 / (1 − rate).
 *
 * @param noiseShape 1 where all numbers along an axis share their fate; the tensor's own by default
 */
export function dropout(x: tf.Tensor, rate: number, noiseShape?: number[] | null): tf.Tensor {
  if (!random) return tf.dropout(x, rate, noiseShape ?? undefined);
  const shape = noiseShape ?? x.shape;
  const kept = new Float32Array(tf.util.sizeFromShape(shape));
  for (let i = 0; i < kept.length; i++) kept[i] = random.next() < rate ? 0 : 1 / (1 - rate);
  return tf.tidy(() => x.mul(tf.tensor(kept, shape)));
}

/** Makes TensorFlow.js's Dropout draw from the seed of {@link withDropoutSeed}. */
export function seedDropout(): void {
  const prototype: LayerPrototype = Object.getPrototypeOf(tf.layers.dropout({ rate: 0 }));
  const stockCall = prototype.call;
  prototype.call = function call(this: StockDropout, inputs, kwargs) {
    const drops = (kwargs?.training ?? false) && this.rate > 0 && this.rate < 1;
    if (!drops || !random) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return dropout(x!, this.rate, this.getNoiseShape(x!));
  };
}
