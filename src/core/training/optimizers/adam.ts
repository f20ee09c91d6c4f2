import * as tf from '@tensorflow/tfjs';
import { SIMD } from '../../kernels/simd/backend.ts';
import { adamStep } from '../../kernels/simd/optimizers.ts';
import type { AdamSettings } from '../settings.ts';
import type { UpdateRule } from './update-rule.ts';

/**
 * Adam (Kingma & Ba, ICLR 2015) as Keras computes it, with ε outside both corrections of the bias;
 * TensorFlow.js's own has it inside. One pass over memory on the `simd` backend.
 */
export function adam({ beta1, beta2, epsilon }: AdamSettings): UpdateRule {
  return {
    slots: ['m', 'v'],
    update(parameter, slots, gradient, learningRate, iteration) {
      const [firstMoment, secondMoment] = slots as [tf.Variable, tf.Variable];
      if (tf.getBackend() === SIMD) {
        const rates = { learningRate, beta1, beta2, epsilon };
        return adamStep({ parameter, firstMoment, secondMoment }, gradient, rates, iteration);
      }
      const alpha = (learningRate * Math.sqrt(1 - beta2 ** iteration)) / (1 - beta1 ** iteration);
      tf.tidy(() => {
        firstMoment.assign(firstMoment.mul(beta1).add(gradient.mul(1 - beta1)));
        secondMoment.assign(secondMoment.mul(beta2).add(gradient.square().mul(1 - beta2)));
        const change = firstMoment.mul(alpha).div(secondMoment.sqrt().add(epsilon));
        parameter.assign(parameter.sub(change));
      });
    },
  };
}
