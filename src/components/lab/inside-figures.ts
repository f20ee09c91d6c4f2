import type { Activations } from '../../client/index.ts';
import type { GradientData } from '../../plots/gradient-strip.ts';
import type { HeatMapData } from '../../plots/heat-map.ts';
import type { LineData, LineSeries } from '../../plots/line.ts';
import { GATE_COLORS } from '../../plots/colors.ts';
import { QUANTITIES } from '../inspect/layer-view.ts';
import type { Quantity } from '../inspect/layer-view.ts';
import type { Inside, PinnedReview } from './inside-store.ts';

/** Gates in Keras's order, by how many a layer has. */
const GATES: Readonly<Record<number, readonly (keyof typeof GATE_COLORS)[]>> = {
  3: ['z', 'r', 'g'],
  4: ['i', 'f', 'g', 'o'],
};

/** A quantity of a layer over the pinned review. */
export interface Seen {
  /** For a choice: which of which layer. */
  readonly value: string;
  readonly name: string;
  readonly layer: Activations;
  readonly quantity: Quantity;
}

/** Everything that can be seen of the layers. */
export function seenOf(layers: readonly Activations[]): Seen[] {
  return layers.flatMap((layer) => {
    const units = layer.shape[2]!;
    const gates = GATES[(layer.gates?.length ?? 0) / (layer.h.length / units) / units] ?? [];
    const quantities: Quantity[] = ['h', ...(layer.c ? (['c'] as const) : []), ...gates];
    return quantities.map((quantity) => ({
      value: `${layer.layer}/${quantity}`,
      name: `${layer.layer}: ${QUANTITIES[quantity]}`,
      layer,
      quantity,
    }));
  });
}

/** The picture of what is seen, with the words of the review. */
export function activationsMap(
  { layer, quantity }: Seen,
  { timesteps }: PinnedReview,
): HeatMapData | undefined {
  const [, steps, units] = layer.shape as [number, number, number];
  // From another run or review than the words.
  if (steps !== timesteps.length) return undefined;
  return {
    values: valuesOf(layer, quantity, units),
    steps,
    units,
    words: timesteps.map(({ text, kind }) => (kind === 'unknown' ? `▢ ${text}` : text)),
    pad: timesteps.map(({ kind }) => kind === 'pad'),
  };
}

function valuesOf({ h, c, gates }: Activations, quantity: Quantity, units: number): Float32Array {
  if (quantity === 'h') return h;
  if (quantity === 'c') return c!;
  const width = gates!.length / (h.length / units);
  const from = units * GATES[width / units]!.indexOf(quantity as keyof typeof GATE_COLORS);
  return h.map((_, i) => gates![Math.floor(i / units) * width + from + (i % units)]!);
}

/** One strip for each layer. */
export function gradientsThroughTime({ telemetry }: Inside): GradientData {
  const series = telemetry.stateGradients ?? [];
  return { series: series.map(({ layer, norms }) => ({ name: layer, values: norms })) };
}

/** One line for each gate of each recurrent kernel. */
export function radiiByStep({ radii }: Pick<Inside, 'radii'>): LineData {
  const series = [...radii].flatMap(([name, gates]) => {
    const layer = name.replace(/\/recurrent_kernel$/, '');
    return gates.map((points, i): LineSeries => {
      const gate = GATES[gates.length]?.[i];
      if (!gate) return { name: layer, points, color: 'var(--accent)' };
      return { name: `${layer}, ${gate}`, points, color: GATE_COLORS[gate] };
    });
  });
  return { series, guides: [{ value: 1, label: 'neither grows nor fades' }] };
}
