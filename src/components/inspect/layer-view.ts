import type { LayerInspection, ReviewInspection } from '../../client/index.ts';
import type { HeatMapData } from '../../plots/heat-map.ts';
import type { Token } from '../../plots/token-strip.ts';

/** What of a layer can be shown over time, in the words of the figures. */
export const QUANTITIES = {
  h: 'Hidden state h',
  c: 'Cell state c',
  i: 'Input gate i',
  f: 'Forget gate f',
  o: 'Output gate o',
  z: 'Update gate z',
  r: 'Reset gate r',
  g: 'Candidate g',
  dh: 'Gradient ∂logit/∂h',
} as const;

export type Quantity = keyof typeof QUANTITIES;

/** Orders in which units can stand. */
export const ORDERS = {
  own: 'As in the layer',
  similar: 'Similar units together',
  last: 'By their last value',
} as const;

export type UnitOrderName = keyof typeof ORDERS;

/** The quantities that a layer has. */
export function quantitiesOf({ c, gates }: LayerInspection): Quantity[] {
  return ['h', ...(c ? (['c'] as const) : []), ...gates.map(({ name }) => name), 'dh'];
}

/** [T, U], row-major. What the layer does not have is its hidden state. */
export function valuesOf(layer: LayerInspection, quantity: Quantity): Float32Array {
  if (quantity === 'c') return layer.c ?? layer.h;
  if (quantity === 'dh') return layer.gradient;
  return layer.gates.find(({ name }) => name === quantity)?.values ?? layer.h;
}

/** The units of a layer, from 0, in an order. */
export function orderOf(
  layer: LayerInspection,
  quantity: Quantity,
  order: UnitOrderName,
): number[] {
  const { units, similar } = layer;
  if (order === 'similar') return [...similar.order];
  const own = Array.from({ length: units }, (_, unit) => unit);
  if (order === 'own') return own;
  const values = valuesOf(layer, quantity);
  const end = layer.backwards ? 0 : values.length - units;
  return own.sort((a, b) => values[end + b]! - values[end + a]!);
}

/** Gates and most states lie between −1 and 1: then colours mean the same everywhere. */
const BOUND = 1;

/** A heat map of one quantity of a layer, its rows in some order. */
export function heatMapOf(
  { timesteps }: Pick<ReviewInspection, 'timesteps'>,
  layer: LayerInspection,
  quantity: Quantity,
  order: readonly number[],
  unit: number,
): HeatMapData {
  const { units } = layer;
  const from = valuesOf(layer, quantity);
  const values = Float32Array.from(from, (_, i) => {
    const row = i % units;
    return from[i - row + order[row]!]!;
  });
  const bounded = quantity !== 'c' && quantity !== 'dh' && from.every((x) => Math.abs(x) <= BOUND);
  return {
    values,
    steps: timesteps.length,
    units,
    words: timesteps.map(wordOf),
    pad: timesteps.map(({ kind }) => kind === 'pad'),
    numbers: order.map((one) => one + 1),
    marked: order.indexOf(unit),
    most: bounded ? BOUND : undefined,
  };
}

/** The course of one unit of a layer. [T] */
export function traceOf(layer: LayerInspection, quantity: Quantity, unit: number): number[] {
  const values = valuesOf(layer, quantity);
  return Array.from(
    { length: values.length / layer.units },
    (_, t) => values[t * layer.units + unit]!,
  );
}

/** The review as tokens, coloured by some value of each. */
export function tokensOf(
  { timesteps }: Pick<ReviewInspection, 'timesteps'>,
  values?: ArrayLike<number>,
): Token[] {
  return timesteps.map((timestep, t) => {
    const value = values?.[t];
    const { text, id, kind } = timestep;
    return value === undefined || Number.isNaN(value) || kind === 'pad'
      ? { text, id, kind }
      : { text, id, kind, value };
  });
}

type Step = ReviewInspection['timesteps'][number];

/** What stands at a timestep, in a word. */
export function wordOf({ kind, text }: Step): string {
  return { word: text, unknown: text || '▢', start: 'START', pad: 'PAD' }[kind];
}

export const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
