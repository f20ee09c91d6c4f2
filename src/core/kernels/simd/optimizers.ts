import * as tf from '@tensorflow/tfjs';
import { SimdBackend } from './backend.ts';
import { split, threadsFor } from './threads/split.ts';

/** Threads meet between cache lines: 16 numbers. */
const ALIGNMENT = 16;

export interface AdamRates {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface RmsPropRates {
  readonly learningRate: number;
  /** How much of the mean square stays at each step. */
  readonly rho: number;
  readonly epsilon: number;
}

/** A parameter and what Adam remembers of its gradients, all of one shape. */
export interface AdamState {
  readonly parameter: tf.Variable;
  readonly firstMoment: tf.Variable;
  readonly secondMoment: tf.Variable;
}

/** A parameter and what RMSprop remembers of its gradients, of one shape. */
export interface RmsPropState {
  readonly parameter: tf.Variable;
  readonly meanSquare: tf.Variable;
}

/**
 * One step of Adam in place, as Keras computes it: m += (1 − β₁)(g − m), v += (1 − β₂)(g² − v),
 * p −= η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
 *
 * @param gradient of the parameter's shape
 * @param iteration t, 1 for the first step
 * @throws RangeError if the shapes differ or the iteration is below 1
 * @throws TypeError if the current backend is not `simd`
 */
export function adamStep(
  { parameter, firstMoment, secondMoment }: AdamState,
  gradient: tf.Tensor,
  { learningRate, beta1, beta2, epsilon }: AdamRates,
  iteration: number,
): void {
  if (!(iteration >= 1))
    throw new RangeError(`AdamStep: iteration is ${iteration}, must be 1 or more`);
  const backend = currentBackend();
  expectSameShape('AdamStep', { parameter, firstMoment, secondMoment, gradient });
  const alpha = (learningRate * Math.sqrt(1 - beta2 ** iteration)) / (1 - beta1 ** iteration);
  const { size } = parameter;
  const tensors = [
    ownAddress(backend, parameter),
    ownAddress(backend, firstMoment),
    ownAddress(backend, secondMoment),
    backend.address(gradient),
  ] as const;
  const parts = split(size, threadsFor(backend.team, size), ALIGNMENT);
  backend.team.run(
    'adamStep',
    parts.map(({ start, length }) => {
      const [p, m, v, g] = tensors.map((address) => address + start * 4) as [
        number,
        number,
        number,
        number,
      ];
      return [length, p, m, v, g, alpha, 1 - beta1, 1 - beta2, epsilon];
    }),
  );
}

/**
 * One step of RMSprop in place, as Keras computes it: v = ρ v + (1 − ρ) g², p −= η g / √(v + ε).
 *
 * @param gradient of the parameter's shape
 * @throws RangeError if the shapes differ
 * @throws TypeError if the current backend is not `simd`
 */
export function rmsPropStep(
  { parameter, meanSquare }: RmsPropState,
  gradient: tf.Tensor,
  { learningRate, rho, epsilon }: RmsPropRates,
): void {
  const backend = currentBackend();
  expectSameShape('RMSPropStep', { parameter, meanSquare, gradient });
  const { size } = parameter;
  const tensors = [
    ownAddress(backend, parameter),
    ownAddress(backend, meanSquare),
    backend.address(gradient),
  ] as const;
  const parts = split(size, threadsFor(backend.team, size), ALIGNMENT);
  backend.team.run(
    'rmsPropStep',
    parts.map(({ start, length }) => {
      const [p, v, g] = tensors.map((address) => address + start * 4) as [number, number, number];
      return [length, p, v, g, learningRate, 1 - rho, epsilon];
    }),
  );
}

/** Where to write. A variable that shares its values gets a copy first, so that no other changes. */
function ownAddress(backend: SimdBackend, variable: tf.Variable): number {
  if (backend.refCount(variable.dataId) > 1) {
    const copy = tf.tensor(variable.dataSync().slice(), variable.shape, 'float32');
    variable.assign(copy);
    copy.dispose();
  }
  return backend.address(variable);
}

function currentBackend(): SimdBackend {
  const backend = tf.backend();
  if (backend instanceof SimdBackend) return backend;
  throw new TypeError(`The fused optimizers need the simd backend, not ${tf.getBackend()}`);
}

function expectSameShape(kernel: string, tensors: Readonly<Record<string, tf.Tensor>>): void {
  const [[first, { shape }], ...rest] = Object.entries(tensors) as [[string, tf.Tensor]];
  for (const [name, tensor] of rest as [string, tf.Tensor][]) {
    if (tf.util.arraysEqual(tensor.shape, shape)) continue;
    throw new RangeError(`${kernel}: ${name} is [${tensor.shape}], but ${first} is [${shape}]`);
  }
}
