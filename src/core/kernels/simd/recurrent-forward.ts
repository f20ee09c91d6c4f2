import type * as tf from '@tensorflow/tfjs';
import {
  checkForward,
  checkRows,
  RECURRENT_FORWARD,
  type RecurrentAttrs,
  type RecurrentForwardInputs,
} from '../spec/recurrent.ts';
import { runRecurrent } from './recurrent-call.ts';
import { addressesOf, RecurrentOutputs } from './recurrent-outputs.ts';
import type { KernelCall, SimdKernel } from './stock.ts';

const KERNELS = { SimpleRNN: 'forwardSimpleRnn', LSTM: 'forwardLstm', GRU: 'forwardGru' } as const;

/**
 * The contract's forward kernel. Each step is one matrix product for the rows of the batch that are
 * not masked there, and one pass over their gates.
 *
 * @throws KernelShapeError if the inputs don't fit
 */
function forward({ inputs: named, attrs: options, backend }: KernelCall): tf.TensorInfo[] {
  const inputs = { ...named } as unknown as RecurrentForwardInputs<tf.TensorInfo>;
  const attrs = options as unknown as RecurrentAttrs;
  const { cell, resetAfter } = attrs;
  const sizes = checkForward(inputs, attrs);
  const { batch, steps, units, width, projectionRows } = sizes;
  const addresses = addressesOf(backend, { ...inputs });
  if (addresses.rows) {
    const rows = backend.heap.integers(addresses.rows, batch * steps);
    checkRows(RECURRENT_FORWARD, rows, projectionRows);
  }
  const outputs = new RecurrentOutputs(backend);
  const states = [batch, steps, units];
  outputs.add('h', states);
  outputs.add('c', cell === 'LSTM' && states);
  outputs.add('gates', cell !== 'SimpleRNN' && [batch, steps, width]);
  outputs.add('inner', cell === 'GRU' && resetAfter && states);
  const kernel = KERNELS[cell];
  runRecurrent(backend, {
    kernel,
    sizes,
    attrs,
    addresses: { ...addresses, ...outputs.addresses },
  });
  return outputs.infos;
}

export const recurrentForward: SimdKernel = {
  kernelName: RECURRENT_FORWARD,
  kernelFunc: forward,
};
