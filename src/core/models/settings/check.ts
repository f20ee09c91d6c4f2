import { DEFAULT_LAYER, DEFAULT_MODEL } from './defaults.ts';
import { type Field, FIELDS, LAYER_FIELDS, MAX_LAYERS } from './fields.ts';
import type { ModelSettings } from './types.ts';

/** A setting that can't be used; the message names it, its value and the limit. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** Where it stands, such as `network.layers.0.units`. */
  readonly setting: string;

  constructor(setting: string, message: string) {
    super(message);
    this.setting = setting;
  }
}

type Values = Readonly<Record<string, unknown>>;

/**
 * Checks settings that come from outside (a form, a link, a file, a message). What is left out is
 * taken from `defaults`; what is no setting is dropped.
 *
 * @throws SettingsError naming the first setting that can't be used
 */
export function checkModel(input: unknown, defaults: ModelSettings = DEFAULT_MODEL): ModelSettings {
  const groups = record(input, 'settings');
  const checked = Object.entries(FIELDS).map(([group, fields]) => {
    const given = record(groups[group] ?? {}, group);
    const known = defaults[group as keyof typeof FIELDS] as unknown as Values;
    return [group, checkFields(group, fields, given, known)] as const;
  });
  const { text, network, training } = Object.fromEntries(checked) as unknown as ModelSettings;
  const layers = checkLayers(record(groups.network ?? {}, 'network').layers, defaults);
  return checkWhole({ text, network: { ...network, layers }, training });
}

function checkLayers(input: unknown, defaults: ModelSettings): ModelSettings['network']['layers'] {
  if (input === undefined) return defaults.network.layers;
  const at = 'network.layers';
  if (!Array.isArray(input) || input.length > MAX_LAYERS) {
    const shown = Array.isArray(input) ? `${input.length} of them` : show(input);
    throw new SettingsError(
      at,
      `Recurrent layers must be a list of at most ${MAX_LAYERS}, not ${shown}.`,
    );
  }
  return input.map((layer: unknown, i) => {
    const known = { ...(defaults.network.layers[i] ?? DEFAULT_LAYER) };
    return checkFields(`${at}.${i}`, LAYER_FIELDS, record(layer, `${at}.${i}`), known) as never;
  });
}

function checkFields(
  group: string,
  fields: Readonly<Record<string, Field>>,
  given: Values,
  known: Values,
): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([key, field]) => {
      const value = Object.hasOwn(given, key) ? given[key] : known[key];
      if (!fits(field, value)) {
        const { name } = field;
        throw new SettingsError(
          `${group}.${key}`,
          `${name} must be ${wanted(field)}, not ${show(value)}.`,
        );
      }
      return [key, value];
    }),
  );
}

/** What no field can say alone. */
function checkWhole(settings: ModelSettings): ModelSettings {
  const { layers, pooling, embedding, embeddingDim } = settings.network;
  const poolings = layers.length === 0 ? ['max', 'average', 'sum'] : ['last', 'max', 'average'];
  if (!poolings.includes(pooling)) {
    const stack = layers.length === 0 ? 'Without a recurrent layer' : 'Behind a recurrent layer';
    throw new SettingsError(
      'network.pooling',
      `${stack}, pooling must be one of ${poolings.join(', ')}, not ${pooling}.`,
    );
  }
  if (embedding === 'naiveBayes' && !(settings.text.distinct && embeddingDim === 1)) {
    throw new SettingsError(
      'network.embedding',
      'Naive Bayes gives each word one number: it needs an embedding of size 1 and each word once.',
    );
  }
  const isBag = settings.text.distinct || settings.text.bigrams > 0;
  if (embedding === 'wordVectors' && isBag) {
    throw new SettingsError(
      'network.embedding',
      'Word vectors are learnt from neighbours: they need words in their order, without pairs.',
    );
  }
  return settings;
}

function fits(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return field.choices.includes(value as string);
    default: {
      const number = typeof value === 'number' && value >= field.min && value <= field.max;
      return number && (field.kind === 'number' || Number.isInteger(value));
    }
  }
}

function wanted(field: Field): string {
  switch (field.kind) {
    case 'flag':
      return 'true or false';
    case 'choice':
      return `one of ${field.choices.join(', ')}`;
    case 'integer':
      return `a whole number from ${field.min} to ${field.max}`;
    case 'number':
      return `a number from ${field.min} to ${field.max}`;
  }
}

function record(value: unknown, at: string): Values {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Values;
  throw new SettingsError(at, `${at} must be a group of settings, not ${show(value)}.`);
}

function show(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'a group';
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
