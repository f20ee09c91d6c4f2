import { ArchiveError } from './archive-error.ts';
import type { StrictJson } from './strict-json.ts';

/** Layers that an archive may hold, with the initializers of their weights. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  InputLayer: [],
  Embedding: ['embeddings'],
  SimpleRNN: ['kernel', 'recurrent', 'bias'],
  LSTM: ['kernel', 'recurrent', 'bias'],
  GRU: ['kernel', 'recurrent', 'bias'],
  Bidirectional: [],
  Dense: ['kernel', 'bias'],
  Activation: [],
  Dropout: [],
  SpatialDropout1D: [],
  GlobalAveragePooling1D: [],
  GlobalMaxPooling1D: [],
  Concatenate: [],
  Average: [],
  Add: [],
};

const MODELS = ['Sequential', 'Functional', 'Model'] as const;
const MAX_LAYERS = 64;

/**
 * Checks the layers of a topology and gives each the initializer that is to be used for its weights.
 *
 * @returns the topology for TensorFlow.js
 * @throws ArchiveError if a layer's class is unknown, or there are too many
 */
export function guardTopology(json: StrictJson, initializer: object): object {
  json.get('class_name').choice(MODELS);
  const config = json.get('config');
  const layers = config.get('layers').array(MAX_LAYERS);
  return {
    ...json.object(),
    config: {
      ...config.object(),
      layers: layers.map((layer) => guardLayer(layer, initializer, 'Bidirectional')),
    },
  };
}

/** @param wrapper the one class that may hold another layer here */
function guardLayer(json: StrictJson, initializer: object, wrapper?: string): object {
  const className = json.get('class_name').string(100);
  const initialized = Object.hasOwn(LAYERS, className) ? LAYERS[className] : undefined;
  if (!initialized) {
    const message = `${json.where}: the layer ${JSON.stringify(className)} is none that this site knows.`;
    throw new ArchiveError('topology', message);
  }
  const config = { ...json.get('config').object() };
  if (className === wrapper) {
    config.layer = guardLayer(json.get('config').get('layer'), initializer);
  } else if ('layer' in config) {
    throw new ArchiveError('topology', `${json.where}: ${className} can’t hold another layer.`);
  }
  for (const weight of initialized) {
    // TensorFlow.js reads either spelling.
    delete config[`${weight}Initializer`];
    config[`${weight}_initializer`] = initializer;
  }
  return { ...json.object(), config };
}
