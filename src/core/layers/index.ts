/**
 * Import this module, and every recurrent layer of TensorFlow.js runs on the fused kernels:
 * `tf.layers.simpleRNN`, `lstm` and `gru`, alone or inside `bidirectional`, made in code or loaded
 * with `tf.loadLayersModel`. Names, configuration and weights stay as they are. What the kernels
 * can't do (see `fusedAttributes`) runs as before.
 */
import * as tf from '@tensorflow/tfjs';
import { idsAtHand } from '../kernels/ops/known-ids.ts';
import { lazyGather } from '../kernels/ops/lazy-gather.ts';
import { fuseBidirectional } from './bidirectional.ts';
import { checkIds, checkRecurrentCall } from './check-layer.ts';
import { dropout, seedDropout } from './dropout.ts';
import { rememberWords } from './embedded-words.ts';
import { fusedAttributes, fusedCall } from './fused-call.ts';
import { Gru } from './gru.ts';
import './masked-pooling.ts';
import './orthogonal.ts';
import { refuseTimeMajor } from './time-major.ts';
import { stockPrototypes } from './stock.ts';
import type { CellPrototype, LayerPrototype, StockEmbedding, StockRecurrent } from './stock.ts';

function fuseRecurrent(prototype: LayerPrototype): void {
  const stockCall = prototype.call;
  prototype.call = function call(this: StockRecurrent, inputs, kwargs) {
    this.cell.dropoutFunc ??= dropout;
    const attrs = fusedAttributes(this);
    if (!attrs) return stockCall.call(this, inputs, kwargs);
    const [x] = Array.isArray(inputs) ? inputs : [inputs];
    checkRecurrentCall(this, x!, kwargs ?? {});
    return tf.tidy(() => fusedCall(this, attrs, x as tf.Tensor3D, kwargs ?? {}));
  };
}

function fuseEmbedding(prototype: LayerPrototype): void {
  const stockCall = prototype.call;
  prototype.call = function call(this: StockEmbedding, inputs, kwargs) {
    const [ids] = Array.isArray(inputs) ? inputs : [inputs];
    if (ids?.rank !== 2) return stockCall.call(this, inputs, kwargs);
    const values = idsAtHand(ids);
    if (values) checkIds(this.name, values, ids.shape, this.inputDim);
    // A model hands them over as floats: its input has the layer's type.
    const words = { ids: ids as tf.Tensor2D, embeddings: this.embeddings.read() as tf.Tensor2D };
    const output = tf.tidy(() => lazyGather(words.embeddings, tf.cast(words.ids, 'int32')));
    rememberWords(output, words);
    return output;
  };
}

/** The stock initializer of a forget bias leaves its parts behind. Weights are variables: they stay. */
function tidyBuild(prototype: CellPrototype): void {
  const stockBuild = prototype.build;
  prototype.build = function build(inputShape) {
    tf.tidy(() => stockBuild.call(this, inputShape));
  };
}

const { recurrent, bidirectional, embedding, lstmCell } = stockPrototypes();
const [simpleRnn, lstm] = recurrent;
recurrent.forEach(fuseRecurrent);
[simpleRnn!, lstm!, Gru.prototype].forEach(refuseTimeMajor);
fuseBidirectional(bidirectional);
fuseEmbedding(embedding);
tidyBuild(lstmCell);
seedDropout();
