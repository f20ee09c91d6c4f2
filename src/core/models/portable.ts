import * as tf from '@tensorflow/tfjs';
import { assertFiniteWeights } from '../layers/check-layer.ts';
import '../layers/index.ts';

/** A model as plain data that can cross threads, in TensorFlow.js's own format. */
export interface PortableModel {
  readonly topology: object;
  readonly weightSpecs: readonly tf.io.WeightsManifestEntry[];
  readonly weightData: ArrayBuffer;
}

/** A model that can't be trained as a judge of reviews. */
export class ModelFormError extends Error {
  override readonly name = 'ModelFormError';
}

/** Configuration and weights of a model. */
export async function packModel(model: tf.LayersModel): Promise<PortableModel> {
  let packed: PortableModel | undefined;
  await model.save(
    tf.io.withSaveHandler(async ({ modelTopology, weightSpecs = [], weightData }) => {
      const buffers = [weightData ?? new ArrayBuffer(0)].flat();
      packed = {
        // What is not plain data could not be sent.
        topology: JSON.parse(JSON.stringify(modelTopology)) as object,
        weightSpecs,
        weightData: await new Blob(buffers).arrayBuffer(),
      };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return packed!;
}

/**
 * Builds a packed model again, so that it gives logits: a sigmoid at its end is left out, since the
 * loss is computed from logits. The weights and their order stay.
 *
 * @throws ModelFormError unless it ends in one number with a sigmoid or no activation
 * @throws LayerError naming the first weight that is not a finite number
 */
export async function unpackLogitModel(packed: PortableModel): Promise<tf.LayersModel> {
  const modelTopology = withoutSigmoid(packed.topology);
  const { weightSpecs, weightData } = packed;
  const model = await tf.loadLayersModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: [...weightSpecs], weightData }),
  );
  const shapes = [model.outputs.length, ...model.outputs[0]!.shape.slice(1)];
  if (shapes.join() !== '1,1') {
    model.dispose();
    throw new ModelFormError(
      `The model’s output has the shape [${model.outputs[0]!.shape.map((n) => n ?? 'batch').join(', ')}]; ` +
        'a judge of reviews gives one number a review: end with tf.layers.dense({ units: 1 }).',
    );
  }
  try {
    await assertFiniteWeights(model);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return model;
}

interface LayerJson {
  readonly class_name: string;
  readonly config: { activation?: string; readonly name: string };
}

interface ModelJson {
  readonly config?: ModelConfigJson;
  readonly model_config?: { readonly config: ModelConfigJson };
}

type ModelConfigJson =
  | readonly LayerJson[]
  | {
      readonly layers: readonly LayerJson[];
      readonly output_layers?: readonly (readonly [string, ...unknown[]])[];
    };

function withoutSigmoid(topology: object): object {
  const copy = structuredClone(topology) as ModelJson;
  const config = copy.model_config?.config ?? copy.config;
  const layers = config && 'layers' in config ? config.layers : config;
  const output = config && 'output_layers' in config ? config.output_layers?.[0]?.[0] : undefined;
  const last =
    output === undefined ? layers?.at(-1) : layers?.find((layer) => layer.config.name === output);
  if (!last || !['Dense', 'Activation'].includes(last.class_name)) {
    throw new ModelFormError(
      `The model ends with ${last ? `a layer of class ${last.class_name}` : 'no layer'}; end it with ` +
        "tf.layers.dense({ units: 1, activation: 'sigmoid' }).",
    );
  }
  const { activation = 'linear' } = last.config;
  if (activation !== 'sigmoid' && activation !== 'linear') {
    throw new ModelFormError(
      `The last layer’s activation is ${activation}; for two classes it must be sigmoid, or linear for a logit.`,
    );
  }
  last.config.activation = 'linear';
  return copy;
}
