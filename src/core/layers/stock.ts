import * as tf from '@tensorflow/tfjs';

/** A weight of a layer. */
interface StockWeight {
  read(): tf.Tensor;
}

interface StockActivation {
  getClassName(): string;
}

/** The parts of TensorFlow.js's recurrent cells that the fused call reads. Not in its public types. */
export interface StockCell {
  readonly units: number;
  readonly kernel: StockWeight;
  readonly recurrentKernel: StockWeight;
  readonly bias: StockWeight | null;
  readonly activation: StockActivation;
  readonly recurrentActivation?: StockActivation;
  readonly dropout: number;
  readonly recurrentDropout: number;
  dropoutFunc?: (x: tf.Tensor, rate: number) => tf.Tensor;
}

/** The same of its recurrent layers. */
export interface StockRecurrent {
  /** Our own GRU has it. */
  readonly resetAfter?: boolean;
  readonly name: string;
  readonly cell: StockCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  getStates(): tf.Tensor2D[];
  getClassName(): string;
  resetStates(states: tf.Tensor[], training: boolean): void;
}

/** The same of its Embedding. */
export interface StockEmbedding {
  readonly name: string;
  /** Words of the vocabulary. */
  readonly inputDim: number;
  readonly embeddings: StockWeight;
}

export interface CallOptions {
  readonly mask?: tf.Tensor | null;
  readonly training?: boolean | null;
  readonly initialState?: tf.Tensor2D[] | null;
  /** Ours: outputs of a layer that goes backwards stand where they were read, not in that order. */
  readonly inTimeOrder?: boolean;
}

export type LayerCall = (
  inputs: tf.Tensor | tf.Tensor[],
  kwargs: CallOptions | null | undefined,
) => tf.Tensor | tf.Tensor[];

/** Something with a `call` that can be replaced. */
export interface LayerPrototype {
  call: LayerCall;
}

/** A cell whose making of its weights can be replaced. */
export interface CellPrototype {
  build(inputShape: tf.Shape | tf.Shape[]): void;
}

/** The prototypes behind `tf.layers.…`: their classes are not exported. */
export function stockPrototypes(): {
  recurrent: LayerPrototype[];
  bidirectional: LayerPrototype;
  embedding: LayerPrototype;
  lstmCell: CellPrototype;
} {
  const prototypeOf = (layer: tf.layers.Layer) => Object.getPrototypeOf(layer);
  return {
    recurrent: [
      prototypeOf(tf.layers.simpleRNN({ units: 1 })),
      prototypeOf(tf.layers.lstm({ units: 1 })),
      prototypeOf(tf.layers.gru({ units: 1 })),
    ],
    bidirectional: prototypeOf(
      tf.layers.bidirectional({
        layer: tf.layers.simpleRNN({ units: 1 }) as tf.RNN,
        mergeMode: 'concat',
      }),
    ),
    embedding: prototypeOf(tf.layers.embedding({ inputDim: 1, outputDim: 1 })),
    lstmCell: prototypeOf(tf.layers.lstmCell({ units: 1 })),
  };
}
