import type * as tf from '@tensorflow/tfjs';
import { mix, replace } from '../numbers/mix.ts';
import type { SgdSettings } from '../settings.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Gradient descent as Keras computes it: with momentum μ, the change is m = μ m − η g, and with
 * Nesterov's look ahead μ m − η g. TensorFlow.js's own multiplies by η last, which differs as soon as
 * η changes.
 */
export function sgd({ momentum, nesterov }: SgdSettings): UpdateRule {
  if (momentum === 0) {
    return {
      slots: [],
      update: (parameter, _, gradient, learningRate) =>
        replace(parameter, mix(1, parameter, -learningRate, gradient)),
    };
  }
  return {
    slots: ['momentum'],
    update(parameter, slots, gradient, learningRate) {
      const [change] = slots as [tf.Variable];
      replace(change, mix(momentum, change, -learningRate, gradient));
      replace(parameter, mix(1, parameter, nesterov ? momentum : 1, change));
      if (nesterov) replace(parameter, mix(1, parameter, -learningRate, gradient));
    },
  };
}
