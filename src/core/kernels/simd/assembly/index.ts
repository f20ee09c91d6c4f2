import { activate, gate } from './activations';
import { LANES, V } from './lanes';
import { at, put } from './vector';

export { backwardGruAfter, backwardGruBefore } from './backward-gru';
export { backwardLstm } from './backward-lstm';
export { backwardSimpleRnn } from './backward-simple-rnn';
export { forwardGru } from './forward-gru';
export { forwardLstm } from './forward-lstm';
export { forwardSimpleRnn } from './forward-simple-rnn';
export { gemm, gemmScratch } from './gemm';
export { adamStep, rmsPropStep } from './optimizers';
export { transposeBlock } from './pack';
export { recurrentScratch } from './recurrent';
export { addAll, addArrays, copyBlock, gatherTableRows, sumRows, sumSegments } from './rows';

/** `to[i] = sigmoid(from[i])` */
export function sigmoidAll(size: i32, from: usize, to: usize): void {
  for (let i = 0; i < size; i += LANES) put(at(to, i), gate(load<V>(at(from, i)), 0), size - i);
}

/** `to[i] = tanh(from[i])` */
export function tanhAll(size: i32, from: usize, to: usize): void {
  for (let i = 0; i < size; i += LANES) put(at(to, i), activate(load<V>(at(from, i)), 0), size - i);
}
