import * as tf from '@tensorflow/tfjs';
import { SIMD } from '../../kernels/simd/backend.ts';
import { rmsPropStep } from '../../kernels/simd/optimizers.ts';
import type { RmsPropSettings } from '../settings.ts';
import type { UpdateRule } from './update-rule.ts';

/** RMSprop (Hinton, 2012) as Keras computes it. One pass over memory on the `simd` backend. */
export function rmsprop({ rho, epsilon }: RmsPropSettings): UpdateRule {
  return {
    slots: ['velocity'],
    update(parameter, slots, gradient, learningRate) {
      const [meanSquare] = slots as [tf.Variable];
      if (tf.getBackend() === SIMD) {
        return rmsPropStep({ parameter, meanSquare }, gradient, { learningRate, rho, epsilon });
      }
      tf.tidy(() => {
        meanSquare.assign(meanSquare.mul(rho).add(gradient.square().mul(1 - rho)));
        const change = gradient.mul(learningRate).div(meanSquare.add(epsilon).sqrt());
        parameter.assign(parameter.sub(change));
      });
    },
  };
}
