/**
 * Import this module, and every recurrent layer of TensorFlow.js runs on the fused kernels:
 * `tf.layers.simpleRNN`, `lstm` and `gru`, alone or inside `bidirectional`, made in code or loaded
 * with `tf.loadLayersModel`. Names, configuration and weights stay as they are. What the kernels
 * can't do (see `fusedAttributes`) runs as before.
 */
import * as tf from '@tensorflow/tfjs';
import { fuseBidirectional } from './bidirectional.ts';
import { dropout, seedDropout } from './dropout.ts';
import { rememberWords } from './embedded-words.ts';
import { fusedAttributes, fusedCall } from './fused-call.ts';
import './gru.ts';
import './masked-pooling.ts';
import './orthogonal.ts';
import { stockPrototypes } from './stock.ts';
import type { LayerPrototype, StockEmbedding, StockRecurrent } from './stock.ts';

function fuseRecurrent(prototype: LayerPrototype): void {
  const stockCall = prototype.call;
  prototype.call = function call(this: StockRecurrent, inputs, kwargs) {
    this.cell.dropoutFunc ??= dropout;
    const attrs = fusedAttributes(this);
    if (!attrs) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    return tf.tidy(() => fusedCall(this, attrs, x as tf.Tensor3D, kwargs ?? {}));
  };
}

function fuseEmbedding(prototype: LayerPrototype): void {
  const stockCall = prototype.call;
  prototype.call = function call(this: StockEmbedding, inputs, kwargs) {
    const output = stockCall.call(this, inputs, kwargs) as tf.Tensor;
    const [ids] = Array.isArray(inputs) ? inputs : [inputs];
    if (ids?.rank === 2 && ids.dtype === 'int32') {
      rememberWords(output, {
        ids: ids as tf.Tensor2D,
        embeddings: this.embeddings.read() as tf.Tensor2D,
      });
    }
    return output;
  };
}

const { recurrent, bidirectional, embedding } = stockPrototypes();
recurrent.forEach(fuseRecurrent);
fuseBidirectional(bidirectional);
fuseEmbedding(embedding);
seedDropout();
