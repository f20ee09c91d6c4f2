import type * as tf from '@tensorflow/tfjs';
import {
  checkBackward,
  checkRows,
  RECURRENT_BACKWARD,
  type RecurrentBackwardAttrs,
  type RecurrentBackwardInputs,
} from '../spec/recurrent.ts';
import { type RecurrentCall, runRecurrent } from './recurrent-call.ts';
import { addressesOf, RecurrentOutputs } from './recurrent-outputs.ts';
import type { KernelCall, SimdKernel } from './stock.ts';

/**
 * The contract's backward kernel. Each step is one pass over the gates and one matrix product for the
 * state before it; the recurrent kernel's gradient is a product over some hundred rows at a time.
 *
 * @throws KernelShapeError if the inputs don't fit
 */
function backward({ inputs: named, attrs: options, backend }: KernelCall): tf.TensorInfo[] {
  const inputs = { ...named } as unknown as RecurrentBackwardInputs<tf.TensorInfo>;
  const attrs = options as unknown as RecurrentBackwardAttrs;
  const { cell, resetAfter, stateGradients = true } = attrs;
  const sizes = checkBackward(inputs, attrs);
  const { batch, steps, units, width, projectionRows } = sizes;
  const addresses = addressesOf(backend, { ...inputs });
  if (addresses.rows) {
    const rows = backend.heap.integers(addresses.rows, batch * steps);
    checkRows(RECURRENT_BACKWARD, rows, projectionRows);
  }
  const outputs = new RecurrentOutputs(backend);
  const states = [batch, steps, units];
  outputs.add('dProjections', [projectionRows, width]);
  outputs.add('dRecurrentKernel', [units, width]);
  outputs.add('dRecurrentBias', cell === 'GRU' && resetAfter && [width]);
  outputs.add('dh0', [batch, units]);
  outputs.add('dc0', cell === 'LSTM' && [batch, units]);
  outputs.add('dhTotal', stateGradients && states);
  outputs.add('dcTotal', stateGradients && cell === 'LSTM' && states);
  const kernel = chooseKernel(attrs);
  runRecurrent(backend, {
    kernel,
    sizes,
    attrs,
    addresses: { ...addresses, ...outputs.addresses },
  });
  return outputs.infos;
}

function chooseKernel({ cell, resetAfter }: RecurrentBackwardAttrs): RecurrentCall['kernel'] {
  if (cell === 'LSTM') return 'backwardLstm';
  if (cell === 'SimpleRNN') return 'backwardSimpleRnn';
  return resetAfter ? 'backwardGruAfter' : 'backwardGruBefore';
}

export const recurrentBackward: SimdKernel = {
  kernelName: RECURRENT_BACKWARD,
  kernelFunc: backward,
};
