import { agnes } from 'ml-hclust';

/** Units of a layer, those that move alike beside each other. */
export interface UnitOrder {
  /** The units, from 0, in the order in which they stand. */
  readonly order: readonly number[];
  /** The group of each unit, by its number; groups are counted from 0 in the same order. */
  readonly cluster: readonly number[];
}

/** Groups that units are put into at most. */
const CLUSTERS = 6;

/**
 * Orders units by how alike they move: average linkage (Sokal and Michener, 1958) on one less their
 * correlation. A unit that does not move is like no other.
 *
 * @param states [T, U], row-major
 */
export function unitOrder(states: Float32Array, units: number): UnitOrder {
  if (units < 3) return { order: [...Array(units).keys()], cluster: Array(units).fill(0) };
  const tree = agnes(distances(states, units), { method: 'average', isDistanceMatrix: true });
  const order = tree.indices();
  const groups = tree
    .group(Math.min(CLUSTERS, units))
    .children.map((group) => group.indices())
    .sort((a, b) => order.indexOf(a[0]!) - order.indexOf(b[0]!));
  const cluster: number[] = Array(units).fill(0);
  groups.forEach((group, i) => {
    for (const unit of group) cluster[unit] = i;
  });
  return { order, cluster };
}

function distances(states: Float32Array, units: number): number[][] {
  const traces = Array.from({ length: units }, (_, unit) => standardized(states, units, unit));
  return traces.map((one) =>
    traces.map((other) => {
      if (one === other) return 0;
      return 1 - one.reduce((sum, value, t) => sum + value * other[t]!, 0);
    }),
  );
}

/** A unit's course with mean 0 and length 1; zeros if it does not move. */
function standardized(states: Float32Array, units: number, unit: number): Float64Array {
  const steps = states.length / units;
  const trace = Float64Array.from({ length: steps }, (_, t) => states[t * units + unit]!);
  const mean = trace.reduce((sum, value) => sum + value, 0) / steps;
  const centred = trace.map((value) => value - mean);
  const length = Math.hypot(...centred);
  return length > 1e-9 ? centred.map((value) => value / length) : centred.fill(0);
}
