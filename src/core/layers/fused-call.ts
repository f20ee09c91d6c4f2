import * as tf from '@tensorflow/tfjs';
import { sparesVectors } from '../kernels/ops/project.ts';
import type { RecurrentInput } from '../kernels/ops/project.ts';
import { recurrent } from '../kernels/ops/recurrent.ts';
import { RECURRENT_FORWARD } from '../kernels/spec/recurrent.ts';
import type {
  Activation,
  CellKind,
  RecurrentActivation,
  RecurrentAttrs,
} from '../kernels/spec/recurrent.ts';
import { dropout } from './dropout.ts';
import { wordsBehind } from './embedded-words.ts';
import { recurrentObserver } from './observe.ts';
import type { CallOptions, StockCell, StockRecurrent } from './stock.ts';

const CELLS: readonly string[] = ['SimpleRNN', 'LSTM', 'GRU'] satisfies CellKind[];
const ACTIVATIONS: readonly string[] = ['tanh', 'relu', 'linear'] satisfies Activation[];
const GATE_ACTIVATIONS: readonly string[] = [
  'sigmoid',
  'hardSigmoid',
] satisfies RecurrentActivation[];

/**
 * The attributes with which the fused kernels compute a stock layer, or undefined if they can't: on
 * a backend without them, or with another activation.
 */
export function fusedAttributes(layer: StockRecurrent): RecurrentAttrs | undefined {
  const { cell, goBackwards } = layer;
  const kind = layer.getClassName();
  const activation = cell.activation.getClassName();
  const recurrentActivation = cell.recurrentActivation?.getClassName() ?? 'sigmoid';
  const fits =
    CELLS.includes(kind) &&
    ACTIVATIONS.includes(activation) &&
    GATE_ACTIVATIONS.includes(recurrentActivation) &&
    tf.getKernel(RECURRENT_FORWARD, tf.getBackend()) !== undefined;
  if (!fits) return undefined;
  return {
    cell: kind as CellKind,
    activation: activation as Activation,
    recurrentActivation: recurrentActivation as RecurrentActivation,
    resetAfter: layer.resetAfter ?? false,
    goBackwards,
  };
}

/**
 * What a stock recurrent layer's `call` gives, computed by the fused kernels: the last output or
 * all of them (in the order of reading, as in Keras), and the last states if the layer returns them.
 *
 * @param x shape [batch, time, features]
 * @throws KernelShapeError naming the input whose shape does not fit
 */
export function fusedCall(
  layer: StockRecurrent,
  attrs: RecurrentAttrs,
  x: tf.Tensor3D,
  { mask, training, initialState, inTimeOrder }: CallOptions,
): tf.Tensor | tf.Tensor[] {
  const { cell, returnSequences, returnState, stateful, goBackwards } = layer;
  const [h0, c0] = initialState ?? (stateful ? layer.getStates() : []);
  const keepsStates = returnState || stateful;
  const observer = recurrentObserver();
  const shows = observer?.onStates !== undefined;
  const { h, c, gates } = recurrent({
    input: inputOf(layer, x, training ?? false),
    kernel: cell.kernel.read() as tf.Tensor2D,
    recurrentKernel: cell.recurrentKernel.read() as tf.Tensor2D,
    bias: cell.bias?.read(),
    h0,
    c0: attrs.cell === 'LSTM' ? c0 : undefined,
    mask: (mask as tf.Tensor2D | null) ?? undefined,
    recurrentDropout: training ? droppedState(cell, x.shape[0]) : undefined,
    attrs,
    returnCell: (keepsStates || shows) && attrs.cell === 'LSTM',
    returnGates: shows,
    onStateGradients:
      observer?.onStateGradients &&
      ((gradients) => observer.onStateGradients!(layer.name, gradients)),
  });
  observer?.onStates?.(layer.name, { h, c, gates });
  const last = goBackwards ? 0 : h.shape[1] - 1;
  const at = (states: tf.Tensor3D): tf.Tensor => states.slice([0, last], [-1, 1]).squeeze([1]);
  const final = at(h);
  const states = !keepsStates ? [] : c ? [final, at(c)] : [final];
  if (stateful) layer.resetStates(states, training ?? false);
  const sequence = (): tf.Tensor => (goBackwards && !inTimeOrder ? h.reverse(1) : h);
  const output = returnSequences ? sequence() : final;
  return returnState ? [output, ...states] : output;
}

/** The words where the layer reads an embedding as it is, else the vectors. */
function inputOf({ cell }: StockRecurrent, x: tf.Tensor3D, training: boolean): RecurrentInput {
  const dropped = training && drops(cell.dropout);
  const words = dropped ? undefined : wordsBehind(x);
  if (words && sparesVectors(words)) return words;
  if (!dropped) return { x };
  const [batch, , features] = x.shape;
  return { x: x.mul(factors(cell, cell.dropout, [batch, features]).expandDims(1)) };
}

/** What dropout leaves of the states that the steps read, if there is any. */
function droppedState(cell: StockCell, batch: number): tf.Tensor2D | undefined {
  const { recurrentDropout, units } = cell;
  return drops(recurrentDropout) ? factors(cell, recurrentDropout, [batch, units]) : undefined;
}

/** TensorFlow.js takes a rate of 1 for none. */
const drops = (rate: number): boolean => rate > 0 && rate < 1;

/** One draw for all timesteps, as in Keras (Gal & Ghahramani, NeurIPS 2016). */
function factors(
  { dropoutFunc = dropout }: StockCell,
  rate: number,
  shape: [number, number],
): tf.Tensor2D {
  return dropoutFunc(tf.ones(shape), rate) as tf.Tensor2D;
}
