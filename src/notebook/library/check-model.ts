import * as tf from '@tensorflow/tfjs';
import '../../core/layers/index.ts';

/** A model, or what to do with it, can't be used; the message names the part. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
}

interface ClassMap {
  readonly classNameMap: Readonly<
    Record<string, readonly [new (...args: never[]) => unknown, unknown]>
  >;
}

// What a cell registers later is known on this page alone.
const { classNameMap } = (
  tf.serialization.SerializationMap as unknown as { getMap(): ClassMap }
).getMap();
const known = new Map(
  Object.entries(classNameMap).map(([name, [constructor]]) => [name, constructor]),
);

/** Methods that give a layer its meaning: one of its own is code, and code stays on the page. */
const METHODS = ['call', 'build', 'computeMask', 'computeOutputShape'] as const;

/**
 * Refuses what can't be sent to the worker, where only the classes of TensorFlow.js and their
 * settings are known, and what would be ignored there.
 *
 * @throws ModelError that names the layer and the part
 */
export function refuseCustomCode(model: tf.LayersModel): void {
  for (const layer of model.layers) {
    const name = layer.getClassName();
    const constructor = known.get(name);
    // Ours stand for the stock ones that they extend.
    const isKnown =
      constructor !== undefined &&
      [constructor, Object.getPrototypeOf(constructor)].includes(layer.constructor);
    if (!isKnown) {
      throw unsendable(layer.name, `is of the class ${name}, which was made on this page`);
    }
    const method = METHODS.find((candidate) => Object.hasOwn(layer, candidate));
    if (method) throw unsendable(layer.name, `has a function of its own for ${method}()`);
    refuseCustomConfig(layer.name, layer.getConfig(), 'settings');
  }
}

/** Layers, initializers, constraints and cells in the settings of a layer. */
function refuseCustomConfig(layer: string, value: unknown, where: string): void {
  if (typeof value === 'function') {
    throw unsendable(layer, `has a function in its ${where}`);
  }
  if (typeof value !== 'object' || value === null) return;
  const className = (value as { className?: unknown }).className;
  if (typeof className === 'string' && !known.has(className)) {
    throw unsendable(
      layer,
      `uses ${className} as its ${where}, a class that was made on this page`,
    );
  }
  for (const [key, part] of Object.entries(value)) {
    if (part !== null && /Regularizer$|Constraint$/.test(key)) {
      throw new ModelError(
        `The layer "${layer}" has a ${key}, which train() does not apply. Leave it out.`,
      );
    }
    refuseCustomConfig(layer, part, key === 'config' ? where : key);
  }
}

const unsendable = (layer: string, what: string): ModelError =>
  new ModelError(
    `The layer "${layer}" ${what}. Training happens in a worker, and code can’t be sent there: use ` +
      'the layers of TensorFlow.js and their settings.',
  );

/** The input length that the model asks for (null: any), and the ids that its embedding has room for. */
export function describeInput(model: tf.LayersModel): {
  readonly length: number | null;
  readonly ids: number | undefined;
} {
  if (model.inputs.length !== 1 || model.inputs[0]!.shape.length !== 2) {
    throw new ModelError(
      `The model reads ${model.inputs.map(({ shape }) => `[${shape.map((n) => n ?? 'batch').join(', ')}]`).join(' and ')}; ` +
        'a judge of reviews reads one matrix of ids, [batch, maxlen].',
    );
  }
  const embedding = model.layers.find((layer) => layer.getClassName() === 'Embedding');
  const ids = embedding?.getConfig()['inputDim'];
  return {
    length: model.inputs[0]!.shape[1] ?? null,
    ids: typeof ids === 'number' ? ids : undefined,
  };
}
