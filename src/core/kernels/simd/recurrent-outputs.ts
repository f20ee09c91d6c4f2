import type * as tf from '@tensorflow/tfjs';
import type { SimdBackend } from './backend.ts';

/** Output tensors by name, in the order of the contract, and where the kernel writes them. */
export class RecurrentOutputs {
  readonly infos: tf.TensorInfo[] = [];
  readonly addresses: Record<string, number> = {};
  readonly #backend: SimdBackend;

  constructor(backend: SimdBackend) {
    this.#backend = backend;
  }

  /** Adds an output; without a shape it is one that the cell does not have, [0]. */
  add(name: string, shape: number[] | false): void {
    if (shape === false) {
      this.infos.push(this.#backend.makeTensorInfo([0], 'float32', new Float32Array(0)));
      return;
    }
    const { info, address } = this.#backend.output(shape);
    this.infos.push(info);
    this.addresses[name] = address;
  }
}

/** Where the inputs lie. Those that are left out, and empty ones, have no address. */
export function addressesOf(
  backend: SimdBackend,
  inputs: Readonly<Record<string, tf.TensorInfo | undefined>>,
): Record<string, number> {
  const addresses: Record<string, number> = {};
  for (const [name, tensor] of Object.entries(inputs)) {
    if (tensor && !tensor.shape.includes(0)) addresses[name] = backend.address(tensor);
  }
  return addresses;
}
