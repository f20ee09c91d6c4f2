import * as tf from '@tensorflow/tfjs';
import {
  POOL_BACKWARD,
  POOL_FORWARD,
  type PoolAttrs,
  type PoolBackwardAttrs,
  type PoolBackwardInputs,
  type PoolInputs,
} from '../spec/pool-contract.ts';

/** The part of the CPU backend that the kernels here use. */
interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(
    shape: number[],
    dtype: tf.DataType,
    values: Float32Array | Int32Array,
  ): tf.TensorInfo;
  data: { get(dataId: object): { values: tf.backend_util.TypedArray } };
}

/** Registers the pooling kernels on the `cpu` backend. Registering twice changes nothing. */
export function registerPoolCpu(): void {
  if (tf.getKernel(POOL_FORWARD, 'cpu')) return;
  tf.registerKernel({
    kernelName: POOL_FORWARD,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      forward(
        backend as CpuBackend,
        inputs as unknown as PoolInputs<tf.TensorInfo>,
        attrs as unknown as PoolAttrs,
      ),
  });
  tf.registerKernel({
    kernelName: POOL_BACKWARD,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      backward(
        backend as CpuBackend,
        inputs as unknown as PoolBackwardInputs<tf.TensorInfo>,
        attrs as unknown as PoolBackwardAttrs,
      ),
  });
}

function forward(
  backend: CpuBackend,
  inputs: PoolInputs<tf.TensorInfo>,
  { mode }: PoolAttrs,
): tf.TensorInfo[] {
  const [batch, steps, units] = inputs.x.shape as [number, number, number];
  const x = backend.data.get(inputs.x.dataId).values;
  const mask = backend.data.get(inputs.mask.dataId).values;
  const y = new Float32Array(batch * units);
  const source = new Int32Array(batch * units).fill(mode === 'max' ? -1 : 0);
  for (let row = 0; row < batch; row++) {
    const own = row * units;
    for (let t = 0; t < steps; t++) {
      if (mask[row * steps + t] === 0) continue;
      const from = (row * steps + t) * units;
      if (mode === 'max') takeLarger(x, from, t, y, source, own, units);
      else for (let u = 0; u < units; u++) addMean(x[from + u]!, y, source, own + u);
    }
  }
  return [
    backend.makeTensorInfo([batch, units], 'float32', y),
    backend.makeTensorInfo([batch, units], 'int32', source),
  ];
}

function takeLarger(
  x: tf.backend_util.TypedArray,
  from: number,
  t: number,
  y: Float32Array,
  source: Int32Array,
  own: number,
  units: number,
): void {
  for (let u = 0; u < units; u++) {
    const value = x[from + u]!;
    if (source[own + u]! >= 0 && !(value > y[own + u]!)) continue;
    y[own + u] = value;
    source[own + u] = t;
  }
}

/** A running mean: no sum can overflow. */
function addMean(value: number, y: Float32Array, counts: Int32Array, at: number): void {
  const count = ++counts[at]!;
  y[at]! += (value - y[at]!) / count;
}

function backward(
  backend: CpuBackend,
  inputs: PoolBackwardInputs<tf.TensorInfo>,
  { mode, steps }: PoolBackwardAttrs,
): tf.TensorInfo {
  const [batch, units] = inputs.dy.shape as [number, number];
  const dy = backend.data.get(inputs.dy.dataId).values;
  const mask = backend.data.get(inputs.mask.dataId).values;
  const source = backend.data.get(inputs.source.dataId).values;
  const dx = new Float32Array(batch * steps * units);
  for (let row = 0; row < batch; row++) {
    const own = row * units;
    if (mode === 'max') {
      for (let u = own; u < own + units; u++) {
        const t = source[u]!;
        if (t >= 0) dx[(row * steps + t) * units + u - own] = dy[u]!;
      }
      continue;
    }
    for (let t = 0; t < steps; t++) {
      if (mask[row * steps + t] === 0) continue;
      const to = (row * steps + t) * units;
      for (let u = 0; u < units; u++) dx[to + u] = dy[own + u]! / source[own + u]!;
    }
  }
  return backend.makeTensorInfo([batch, steps, units], 'float32', dx);
}
