import * as tf from '@tensorflow/tfjs';
import { LayerError } from './check-layer.ts';

type RecurrentClass = tf.serialization.SerializableConstructor<tf.layers.Layer> & {
  fromConfig: tf.serialization.FromConfigMethod<tf.layers.Layer>;
};

/**
 * Lets a recurrent layer of a saved model refuse Keras's `time_major`, inputs of [time, batch,
 * features], which TensorFlow.js passes over: the model would read the batch as time.
 */
export function refuseTimeMajor(prototype: object): void {
  const layerClass = prototype.constructor as RecurrentClass;
  const stock = layerClass.fromConfig;
  layerClass.fromConfig = (cls, config, ...rest) => {
    if (config.timeMajor) {
      throw new LayerError(String(config.name), 'time_major is true, must be false');
    }
    return stock.call(layerClass, cls, config, ...rest);
  };
  // The registry keeps the method of the time when the class was registered.
  tf.serialization.registerClass(layerClass);
}
