import type * as tf from '@tensorflow/tfjs';
import type { CellKind } from '../kernels/spec/recurrent-contract.ts';
import type { StockRecurrent } from '../layers/stock.ts';

/** Blocks of the gate axis in Keras's order, by the names that figures use; g is the candidate. */
export const GATE_NAMES = {
  SimpleRNN: [],
  LSTM: ['i', 'f', 'g', 'o'],
  GRU: ['z', 'r', 'g'],
} as const satisfies Record<CellKind, readonly string[]>;

export type GateName = (typeof GATE_NAMES)['LSTM' | 'GRU'][number];

/** A recurrent layer of a model, also inside a Bidirectional. */
export interface RecurrentLayer {
  readonly name: string;
  readonly cell: CellKind;
  readonly units: number;
  /** Whether it reads the review from its end. */
  readonly backwards: boolean;
  /** Whether all it does is add up what it reads: a bag of words, written as a layer. */
  readonly adds: boolean;
  /** Of its gates, if it has any. */
  readonly gateActivation: 'sigmoid' | 'hardSigmoid' | undefined;
  readonly variables: {
    /** [E, G·U] */
    readonly kernel: tf.Variable;
    /** [U, G·U] */
    readonly recurrentKernel: tf.Variable;
    readonly bias: tf.Variable | undefined;
  };
}

interface Wrapper {
  readonly forwardLayer: StockRecurrent;
  readonly backwardLayer: StockRecurrent;
}

/** A model has no layer of a name. */
export class NoSuchLayerError extends Error {
  override readonly name = 'NoSuchLayerError';
}

/** From the input to the output; of a Bidirectional, first the layer that reads forwards. */
export function recurrentLayers(model: tf.LayersModel): RecurrentLayer[] {
  return model.layers.flatMap((layer) => {
    const kind = layer.getClassName();
    if (kind === 'Bidirectional') {
      const { forwardLayer, backwardLayer } = layer as unknown as Wrapper;
      return [forwardLayer, backwardLayer].map((one) => describe(one, layer.trainable));
    }
    const isRecurrent = kind in GATE_NAMES;
    return isRecurrent ? [describe(layer as unknown as StockRecurrent, layer.trainable)] : [];
  });
}

/** @throws NoSuchLayerError naming those that there are */
export function recurrentLayer(model: tf.LayersModel, name: string): RecurrentLayer {
  const layers = recurrentLayers(model);
  const found = layers.find((layer) => layer.name === name);
  if (found) return found;
  const names = layers.map((layer) => layer.name).join(', ') || 'none';
  throw new NoSuchLayerError(
    `The model has no recurrent layer ${JSON.stringify(name.slice(0, 60))}; it has ${names}.`,
  );
}

function describe(layer: StockRecurrent, trainable: boolean): RecurrentLayer {
  const { cell } = layer;
  return {
    name: layer.name,
    cell: layer.getClassName() as CellKind,
    units: cell.units,
    backwards: layer.goBackwards,
    adds: !trainable && cell.activation.getClassName() === 'linear',
    gateActivation: cell.recurrentActivation?.getClassName() as RecurrentLayer['gateActivation'],
    variables: {
      kernel: cell.kernel.read() as tf.Variable,
      recurrentKernel: cell.recurrentKernel.read() as tf.Variable,
      bias: cell.bias?.read() as tf.Variable | undefined,
    },
  };
}
