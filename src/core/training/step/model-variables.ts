import type * as tf from '@tensorflow/tfjs';
import type { L2Kind, TrainingSettings } from '../settings.ts';

/** A variable that training changes. */
export interface Trainable {
  /** The layer's and the weight's: `lstm/recurrent_kernel`. */
  readonly name: string;
  readonly variable: tf.Variable;
  /** Undefined for biases, and for matrices of other layers. */
  readonly l2Kind: L2Kind | undefined;
}

/** The part of a layer's weight that its public type leaves out. */
interface NamedWeight {
  readonly originalName: string;
}

/** From the input to the output. */
export function trainablesOf(model: tf.LayersModel): Trainable[] {
  return model.layers.flatMap((layer) => {
    const names = layer.trainableWeights.map(nameOf);
    const recurrent = names.some((name) => name.endsWith('/recurrent_kernel'));
    return layer.trainableWeights.map((weight, i) => ({
      name: names[i]!,
      variable: weight.read() as tf.Variable,
      l2Kind: kindOf(names[i]!, recurrent),
    }));
  });
}

/** All weights of a model, those too that training leaves alone. */
export function weightsOf(model: tf.LayersModel): { variables: tf.Variable[]; names: string[] } {
  return {
    variables: model.weights.map((weight) => weight.read() as tf.Variable),
    names: model.weights.map(nameOf),
  };
}

/** λ of the L2 penalty of each variable. */
export function penaltiesOf(
  trainables: readonly Trainable[],
  { l2 }: TrainingSettings,
): readonly number[] {
  return trainables.map(({ l2Kind }) => (l2Kind === undefined ? 0 : l2[l2Kind]));
}

function nameOf(weight: tf.LayerVariable): string {
  return (weight as unknown as NamedWeight).originalName;
}

function kindOf(name: string, recurrent: boolean): L2Kind | undefined {
  if (name.endsWith('/embeddings')) return 'embedding';
  if (!name.endsWith('kernel')) return undefined;
  return recurrent ? 'recurrent' : 'dense';
}
