import type * as tf from '@tensorflow/tfjs';
import type { CallOptions, StockRecurrent } from './stock.ts';

/** What a layer was given does not fit: the message names the layer, the value and the limit. */
export class LayerError extends Error {
  override readonly name = 'LayerError';
  readonly layer: string;

  constructor(layer: string, problem: string) {
    super(`Layer "${layer}": ${problem}`);
    this.layer = layer;
  }
}

/**
 * Checks what a recurrent layer is called with, before any kernel runs.
 *
 * @param x shape [batch, time, features]
 * @throws LayerError if a shape does not fit the layer
 */
export function checkRecurrentCall(
  { name, cell }: StockRecurrent,
  x: tf.Tensor,
  { mask, initialState }: CallOptions,
): void {
  if (x.rank !== 3 || x.shape.includes(0)) {
    throw new LayerError(
      name,
      `the input is [${x.shape}], must be [batch, timesteps, features], each at least 1`,
    );
  }
  const [batch, steps] = x.shape;
  const [features] = cell.kernel.read().shape;
  expectShape(name, 'the input', x, [batch!, steps!, features!]);
  if (mask) expectShape(name, 'mask', mask, [batch!, steps!]);
  initialState?.forEach((state, index) =>
    expectShape(name, `initialState[${index}]`, state, [batch!, cell.units]),
  );
}

/**
 * Checks that an embedding has a row for every word.
 *
 * @param ids row-major, shape [batch, time]
 * @throws LayerError naming the first id that is not in the vocabulary, and where it stands
 */
export function checkIds(
  layer: string,
  ids: Int32Array,
  shape: readonly number[],
  inputDim: number,
): void {
  const index = ids.findIndex((id) => !(id >= 0 && id < inputDim));
  if (index < 0) return;
  const steps = shape.at(-1)!;
  const place = `row ${Math.floor(index / steps)}, timestep ${index % steps}`;
  throw new LayerError(
    layer,
    `id ${ids[index]} at ${place} is not in the vocabulary, 0 to ${inputDim - 1}`,
  );
}

/**
 * Reads every weight of a model from its backend. To be awaited before a model that comes from outside
 * trains or predicts: a GPU computes with NaN without a word.
 *
 * @throws LayerError naming the first weight that is not a finite number, and where it stands
 */
export async function assertFiniteWeights(model: tf.LayersModel): Promise<void> {
  for (const layer of model.layers) {
    for (const weight of layer.weights) {
      const tensor = weight.read();
      const values = await tensor.data();
      const index = values.findIndex((value) => !Number.isFinite(value));
      if (index < 0) continue;
      const place = `${weight.originalName} [${tensor.shape}] has ${values[index]} at index ${index}`;
      throw new LayerError(layer.name, `${place}, must be a finite number`);
    }
  }
}

function expectShape(layer: string, what: string, { shape }: tf.Tensor, wanted: number[]): void {
  if (shape.length !== wanted.length || shape.some((size, axis) => size !== wanted[axis])) {
    throw new LayerError(layer, `${what} is [${shape}], must be [${wanted}]`);
  }
}
