import { PCA } from 'ml-pca';

/** The way of a state through its space, seen in the plane where it moves most. */
export interface StatePath {
  /** [T, 2], row-major: coordinates along the first two principal components. */
  readonly points: Float32Array;
  /** Share of the variance along each of the two. */
  readonly explained: readonly [number, number];
}

/**
 * The first two principal components of a path of T states of U units (Pearson, 1901), centred. Each
 * component points to where its largest loading is positive, so that two paths can be compared.
 *
 * @param states [T, U], row-major
 */
export function statePath(states: Float32Array, units: number): StatePath {
  const steps = states.length / units;
  const points = new Float32Array(steps * 2);
  const rows = Array.from({ length: steps }, (_, step) =>
    Array.from(states.subarray(step * units, (step + 1) * units)),
  );
  const moves = rows.some((row) => row.some((value, unit) => value !== rows[0]![unit]));
  if (!moves) return { points, explained: [0, 0] };
  const pca = new PCA(rows, { method: 'covarianceMatrix', center: true });
  const wanted = Math.min(2, units);
  const loadings = pca.getLoadings();
  const placed = pca.predict(rows, { nComponents: wanted });
  for (let component = 0; component < wanted; component++) {
    const sign = signOf(loadings.getRow(component));
    for (let step = 0; step < steps; step++) {
      points[2 * step + component] = sign * placed.get(step, component);
    }
  }
  const [first = 0, second = 0] = pca.getExplainedVariance();
  return { points, explained: [first, second] };
}

function signOf(loading: readonly number[]): 1 | -1 {
  const largest = loading.reduce((most, value) =>
    Math.abs(value) > Math.abs(most) ? value : most,
  );
  return largest < 0 ? -1 : 1;
}
