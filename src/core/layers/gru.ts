import * as tf from '@tensorflow/tfjs';
import type { StockRecurrent } from './stock.ts';

/** The parts of TensorFlow.js's GRUCell that the second form of the layer builds on. */
interface GruCell {
  readonly units: number;
  useBias: boolean;
  readonly kernel: tf.LayerVariable;
  readonly recurrentKernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  readonly biasInitializer: unknown;
  readonly biasRegularizer: unknown;
  readonly biasConstraint: unknown;
  readonly activation: { apply(x: tf.Tensor): tf.Tensor };
  readonly recurrentActivation: { apply(x: tf.Tensor): tf.Tensor };
  build(inputShape: tf.Shape): void;
  call(inputs: tf.Tensor[]): tf.Tensor[];
  addWeight(
    name: string,
    shape: tf.Shape,
    dtype: tf.DataType | undefined,
    initializer: unknown,
    regularizer: unknown,
    trainable: boolean,
    constraint: unknown,
  ): tf.LayerVariable;
}

type GruArgs = Parameters<typeof tf.layers.gru>[0] & { resetAfter?: boolean };
type StockGru = new (
  args: GruArgs,
) => tf.RNN & Omit<StockRecurrent, 'cell'> & { readonly cell: GruCell };

const StockGRU = Object.getPrototypeOf(tf.layers.gru({ units: 1 })).constructor as StockGru;

/**
 * Keras's GRU in both of its forms. TensorFlow.js refuses `resetAfter: true`, which is Keras's own
 * default and hence what most saved models have: the reset gate is applied after the matrix product,
 * and the bias has two rows, `[2, 3 · units]`, the input's and the state's.
 */
export class Gru extends StockGRU {
  static readonly className = 'GRU';
  override readonly resetAfter: boolean;

  constructor(args: GruArgs) {
    const { resetAfter = false } = args;
    super({ ...args, resetAfter: false });
    this.resetAfter = resetAfter;
    if (resetAfter) resetAfterProduct(this.cell);
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), resetAfter: this.resetAfter };
  }

  static fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    config: tf.serialization.ConfigDict,
  ): T {
    return new cls(config);
  }
}

/** Turns a cell of the first form into one of the second. */
function resetAfterProduct(cell: GruCell): void {
  const stockBuild = cell.build.bind(cell);
  const { useBias } = cell;
  cell.build = (inputShape) => {
    // The stock bias would have one row.
    cell.useBias = false;
    stockBuild(inputShape);
    cell.useBias = useBias;
    if (!useBias) return;
    cell.bias = cell.addWeight(
      'bias',
      [2, 3 * cell.units],
      undefined,
      cell.biasInitializer,
      cell.biasRegularizer,
      true,
      cell.biasConstraint,
    );
  };
  // For backends without the fused kernels: one timestep.
  cell.call = (inputs) =>
    tf.tidy(() => {
      const [x, state] = inputs as [tf.Tensor2D, tf.Tensor2D];
      const [inputBias, stateBias] = cell.bias ? tf.unstack(cell.bias.read()) : [0, 0];
      const [xz, xr, xh] = tf.split(x.dot(cell.kernel.read()).add(inputBias!), 3, 1);
      const [hz, hr, hh] = tf.split(state.dot(cell.recurrentKernel.read()).add(stateBias!), 3, 1);
      const z = cell.recurrentActivation.apply(xz!.add(hz!));
      const r = cell.recurrentActivation.apply(xr!.add(hr!));
      const candidate = cell.activation.apply(xh!.add(r.mul(hh!)));
      const h = z.mul(state).add(tf.sub(1, z).mul(candidate));
      return [h, h];
    });
}

/** Makes Keras's GRU in either form; `tf.layers.gru` itself can only make the first. */
export function gru(args: GruArgs): tf.layers.Layer {
  return new Gru(args);
}
