import type * as tf from '@tensorflow/tfjs';
import { GATES } from '../core/kernels/spec/recurrent-contract.ts';
import type { RecurrentAttrs, RecurrentSizes } from '../core/kernels/spec/recurrent-contract.ts';
import {
  recurrentBackwardReference,
  recurrentForwardReference,
} from '../core/kernels/spec/reference-recurrent.ts';
import { addProduct } from '../core/kernels/spec/reference-step.ts';
import type { Cell } from '../core/models/settings/index.ts';

/** What a network does at each timestep of one sequence of ids: T timesteps, U units, G gates. */
export interface Reading {
  readonly units: number;
  /** [T, U]: the hidden state after each step. */
  readonly h: Float32Array;
  /** [T, U] for LSTM, else empty. */
  readonly c: Float32Array;
  /** [T, G·U] in Keras's order, empty for SimpleRNN. */
  readonly gates: Float32Array;
  /** [T, E]: the vectors of the words. */
  readonly vectors: Float32Array;
  /** [T]: the logit, had the review ended there. */
  readonly logits: Float32Array;
  /** [T]: length of the gradient of the last logit with respect to each state. */
  readonly gradients: Float32Array;
}

/** The weights of Embedding → recurrent layer → Dense(1), as plain values. */
export class PlainWeights {
  readonly units: number;
  readonly #cell: Cell;
  readonly #attrs: RecurrentAttrs;
  readonly #embeddings: Float32Array;
  readonly #kernel: Float32Array;
  readonly #recurrentKernel: Float32Array;
  readonly #bias: Float32Array;
  readonly #dense: Float32Array;
  readonly #denseBias: number;

  constructor(model: tf.LayersModel) {
    const layer = model.getLayer('recurrent_1');
    const [embedding, recurrent, dense] = ['embedding', 'recurrent_1', 'logit'].map((name) =>
      model
        .getLayer(name)
        .getWeights()
        .map((weight) => weight.dataSync<'float32'>()),
    );
    this.units = Number(layer.getConfig()['units']);
    this.#cell = layer.getClassName() as Cell;
    this.#attrs = {
      cell: this.#cell,
      activation: 'tanh',
      recurrentActivation: recurrentActivation(layer),
      resetAfter: false,
      goBackwards: false,
    };
    this.#embeddings = embedding![0]!;
    [this.#kernel, this.#recurrentKernel, this.#bias] = recurrent as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    this.#dense = dense![0]!;
    this.#denseBias = dense![1]![0]!;
  }

  /** Reads ids with the reference kernels, forward and back. */
  read(ids: ArrayLike<number>): Reading {
    const { units } = this;
    const steps = ids.length;
    const width = GATES[this.#cell] * units;
    const { vectors, projections } = this.#project(ids, width);
    const sizes: RecurrentSizes = { batch: 1, steps, units, width, projectionRows: steps };
    const inputs = {
      rows: undefined,
      mask: undefined,
      projections,
      recurrentKernel: this.#recurrentKernel,
      recurrentBias: new Float32Array(0),
      h0: new Float32Array(units),
      c0: new Float32Array(units),
    };
    const out = recurrentForwardReference(inputs, this.#attrs, sizes);
    const dh = new Float32Array(steps * units);
    dh.set(this.#dense, (steps - 1) * units);
    const back = recurrentBackwardReference(
      { ...inputs, ...out, dh, dc: new Float32Array(steps * units) },
      this.#attrs,
      sizes,
    );
    const each = (of: (step: number) => number): Float32Array =>
      Float32Array.from({ length: steps }, (_, step) => of(step));
    const state = (values: Float32Array, step: number): Float32Array =>
      values.subarray(step * units, (step + 1) * units);
    return {
      units,
      vectors,
      h: out.h,
      c: out.c,
      gates: out.gates,
      logits: each((step) => this.#logit(state(out.h, step))),
      gradients: each((step) => Math.hypot(...state(back.dhTotal, step))),
    };
  }

  /** The vector of a word id. */
  vector(id: number): Float32Array {
    const size = this.#kernel.length / (GATES[this.#cell] * this.units);
    return this.#embeddings.subarray(id * size, (id + 1) * size);
  }

  #project(ids: ArrayLike<number>, width: number) {
    const words = Array.from(ids, (id) => this.vector(id));
    const projections = new Float32Array(words.length * width);
    words.forEach((vector, step) => {
      const row = projections.subarray(step * width, (step + 1) * width);
      row.set(this.#bias);
      addProduct(row, vector, this.#kernel);
    });
    const size = words[0]?.length ?? 0;
    const vectors = new Float32Array(words.length * size);
    words.forEach((vector, step) => vectors.set(vector, step * size));
    return { vectors, projections };
  }

  #logit(state: Float32Array): number {
    return state.reduce((sum, value, unit) => sum + value * this.#dense[unit]!, this.#denseBias);
  }
}

/** Whichever sigmoid the layer has: the one of Keras 2 is TensorFlow.js's default. */
function recurrentActivation(layer: tf.layers.Layer): RecurrentAttrs['recurrentActivation'] {
  const name = String(layer.getConfig()['recurrentActivation']).toLowerCase();
  return name.replaceAll('_', '') === 'hardsigmoid' ? 'hardSigmoid' : 'sigmoid';
}
