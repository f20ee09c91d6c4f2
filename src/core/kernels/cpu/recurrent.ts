import type * as tf from '@tensorflow/tfjs';
import {
  checkBackward,
  checkForward,
  checkRows,
  RECURRENT_BACKWARD,
  RECURRENT_FORWARD,
} from '../spec/recurrent.ts';
import { registerRecurrentKernels, type RecurrentKernels } from '../spec/register-recurrent.ts';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
  type BackwardValues,
  type ForwardValues,
} from '../spec/reference-recurrent.ts';

/** The part of the CPU backend that the kernels here use. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: tf.DataType, values: Float32Array): tf.TensorInfo;
  data: { get(dataId: object): { values: tf.backend_util.TypedArray } };
}

/**
 * Registers the recurrent kernels on TensorFlow.js's `cpu` backend: the plain reference, in float32.
 * Registering twice changes nothing.
 */
export function registerRecurrentCpu(): void {
  registerRecurrentKernels<CpuBackend>('cpu', { forward, backward });
}

const forward: RecurrentKernels<CpuBackend>['forward'] = (backend, inputs, attrs) => {
  const sizes = checkForward(inputs, attrs);
  const values = valuesOf(inputs, backend) as unknown as ForwardValues<Float32Array>;
  if (values.rows) checkRows(RECURRENT_FORWARD, values.rows, sizes.projectionRows);
  const { h, c, gates, inner } = recurrentForwardReference(values, attrs, sizes);
  const states = [sizes.batch, sizes.steps, sizes.units];
  return [
    output(backend, h, states),
    output(backend, c, states),
    output(backend, gates, [sizes.batch, sizes.steps, sizes.width]),
    output(backend, inner, states),
  ];
};

const backward: RecurrentKernels<CpuBackend>['backward'] = (backend, inputs, attrs) => {
  const sizes = checkBackward(inputs, attrs);
  const values = valuesOf(inputs, backend) as unknown as BackwardValues<Float32Array>;
  if (values.rows) checkRows(RECURRENT_BACKWARD, values.rows, sizes.projectionRows);
  const gradients = recurrentBackwardReference(values, attrs, sizes);
  const { batch, steps, units, width, projectionRows } = sizes;
  return [
    output(backend, gradients.dProjections, [projectionRows, width]),
    output(backend, gradients.dRecurrentKernel, [units, width]),
    output(backend, gradients.dRecurrentBias, [width]),
    output(backend, gradients.dh0, [batch, units]),
    output(backend, gradients.dc0, [batch, units]),
    output(backend, gradients.dhTotal, [batch, steps, units]),
    output(backend, gradients.dcTotal, [batch, steps, units]),
  ];
};

function valuesOf(inputs: object, { data }: CpuBackend) {
  return Object.fromEntries(
    Object.entries(inputs as tf.NamedTensorInfoMap).map(([name, input]) => [
      name,
      input && data.get(input.dataId).values,
    ]),
  );
}

/** No values: the cell does not have this output, and its shape is [0]. */
function output(backend: CpuBackend, values: Float32Array, shape: number[]): tf.TensorInfo {
  return backend.makeTensorInfo(values.length === 0 ? [0] : shape, 'float32', values);
}
