import { checkModel, SettingsError } from './check.ts';
import { DEFAULT_LAYER } from './defaults.ts';
import { type Field, FIELDS, LAYER_FIELDS } from './fields.ts';
import type { ModelSettings } from './types.ts';

/** The key that says how many recurrent layers there are. */
const LAYERS = 'network.layers';

type Value = string | number | boolean;

/**
 * Settings as a query string: those that differ from `base`, by their paths, such as
 * `training.learningRate=0.01` or `network.layers.1.units=32`.
 */
export function modelToQuery(settings: ModelSettings, base: ModelSettings): URLSearchParams {
  const known = flatten(base);
  const changed = [...flatten(settings)].filter(([path, value]) => known.get(path) !== value);
  return new URLSearchParams(changed.map(([path, value]) => [path, String(value)]));
}

/**
 * Reads such a query over `base`. Unknown keys are passed over; a value that can't be used is left
 * out and named in `problems`, so that a broken link still opens.
 */
export function modelFromQuery(
  query: URLSearchParams,
  base: ModelSettings,
): { settings: ModelSettings; problems: string[] } {
  let settings = base;
  const problems: string[] = [];
  const attempt = (change: (settings: ModelSettings) => unknown): void => {
    try {
      settings = checkModel(change(settings));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
    }
  };
  const count = query.get(LAYERS);
  // Without a layer nothing can be read at its end, so the two change together.
  const pooling = query.get('network.pooling') ?? base.network.pooling;
  if (count !== null) attempt((now) => withLayers(now, Number(count), pooling));
  for (const [path, field] of fieldsOf(settings)) {
    const text = query.get(path);
    if (text !== null) attempt((now) => setIn(now, path.split('.'), parse(field, text)));
  }
  return { settings, problems };
}

function flatten({ text, network, training }: ModelSettings): Map<string, Value> {
  const { layers, ...rest } = network;
  const groups = { text, network: rest, training };
  const named = Object.entries(groups).flatMap(([group, values]) =>
    Object.entries(values).map(([key, value]) => [`${group}.${key}`, value as Value] as const),
  );
  const stacked = layers.flatMap((layer, i) =>
    Object.entries(layer).map(([key, value]) => [`${LAYERS}.${i}.${key}`, value] as const),
  );
  return new Map<string, Value>([...named, [LAYERS, layers.length], ...stacked]);
}

function* fieldsOf({ network }: ModelSettings): Generator<[path: string, field: Field]> {
  for (const [group, fields] of Object.entries(FIELDS)) {
    for (const [key, field] of Object.entries(fields)) yield [`${group}.${key}`, field];
  }
  for (const i of network.layers.keys()) {
    for (const [key, field] of Object.entries(LAYER_FIELDS)) yield [`${LAYERS}.${i}.${key}`, field];
  }
}

function parse(field: Field, text: string): unknown {
  if (field.kind === 'choice') return text;
  if (field.kind === 'flag') return text === 'true' || (text === 'false' ? false : text);
  return text.trim() === '' ? text : Number(text);
}

function withLayers(settings: ModelSettings, count: number, pooling: string): unknown {
  const { layers } = settings.network;
  const sane = Number.isInteger(count) && count >= 0 && count < 100;
  const stack = sane ? Array.from({ length: count }, (_, i) => layers[i] ?? DEFAULT_LAYER) : count;
  return { ...settings, network: { ...settings.network, layers: stack, pooling } };
}

/** A copy with one value changed, where the path leads. */
function setIn(target: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(target))
    return target.with(Number(key), setIn(target[Number(key)], rest, value));
  const group = target as Readonly<Record<string, unknown>>;
  return { ...group, [key]: setIn(group[key], rest, value) };
}
