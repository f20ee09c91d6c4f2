import * as tf from '@tensorflow/tfjs';
import { ArchiveError } from './archive-error.ts';

type StockZeros = new () => {
  apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor;
  getConfig(): tf.serialization.ConfigDict;
};
const Zeros = Object.getPrototypeOf(tf.initializers.zeros()).constructor as StockZeros;

/** Numbers that the layers of each model under construction may still ask for. */
const budgets = new Map<number, number>();
let lastBudget = 0;

/**
 * Starts each weight at zero, but refuses to make more numbers than the budget still holds: a layer
 * of 1e9 units fails before its memory is asked for.
 */
class BudgetedZeros extends Zeros {
  static readonly className = 'BudgetedZeros';
  readonly #budget: number;

  constructor({ budget }: { budget: number }) {
    super();
    this.#budget = budget;
  }

  override apply(shape: tf.Shape, dtype?: tf.DataType): tf.Tensor {
    const wanted = shape.reduce<number>((size, dimension) => size * dimension!, 1);
    const left = (budgets.get(this.#budget) ?? 0) - wanted;
    if (!(left >= 0)) {
      const message = `The layers want more weights than the archive holds (one of shape ${shape.join(' × ')}).`;
      throw new ArchiveError('topology', message);
    }
    budgets.set(this.#budget, left);
    return super.apply(shape, dtype);
  }

  /** Wrappers copy their layers by class and configuration; a built model is saved with a stock one. */
  getClassName(): string {
    return budgets.has(this.#budget) ? BudgetedZeros.className : 'Zeros';
  }

  override getConfig(): tf.serialization.ConfigDict {
    return budgets.has(this.#budget) ? { budget: this.#budget } : {};
  }
}

tf.serialization.registerClass(
  BudgetedZeros as unknown as tf.serialization.SerializableConstructor<tf.serialization.Serializable>,
);

/**
 * Runs `build` with the configuration of an initializer that makes `numbers` numbers at most.
 *
 * @throws ArchiveError if the layers want more
 */
export async function withBudget<T>(
  numbers: number,
  build: (initializer: object) => Promise<T>,
): Promise<T> {
  const budget = ++lastBudget;
  budgets.set(budget, numbers);
  try {
    return await build({ class_name: BudgetedZeros.className, config: { budget } });
  } finally {
    budgets.delete(budget);
  }
}
