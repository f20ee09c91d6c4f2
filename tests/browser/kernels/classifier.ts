import * as tf from '@tensorflow/tfjs';
import type { StepShape } from './protocol.ts';

/** A classifier made of TensorFlow.js's layers. Equal shapes give equal weights. */
export function makeClassifier({ steps, units, words, size }: StepShape): tf.LayersModel {
  const initializer = (seed: number) => tf.initializers.glorotUniform({ seed });
  return tf.sequential({
    layers: [
      tf.layers.embedding({
        inputDim: words,
        outputDim: size,
        inputLength: steps,
        embeddingsInitializer: initializer(1),
      }),
      tf.layers.lstm({
        units,
        recurrentActivation: 'sigmoid',
        kernelInitializer: initializer(2),
        recurrentInitializer: initializer(3),
      }),
      tf.layers.dense({ units: 1, kernelInitializer: initializer(4) }),
    ],
  });
}
