import { interpolateLab } from 'd3-interpolate';
import type { Stage } from '../frame/types.ts';

/** Steps from the surface to a hue: more than an eye tells apart. */
const STEPS = 64;

/** Shades of a hue over the surface, weak to strong, as plain colours: quick to set by the hundred. */
export type Shades = readonly string[];

const known = new WeakMap<Stage['palette'], Map<string, Shades>>();

/** The shades of a CSS colour under the theme of the stage. */
export function shadesOf(
  { palette, resolve }: Pick<Stage, 'palette' | 'resolve'>,
  hue: string,
): Shades {
  const ofTheme = known.get(palette) ?? new Map<string, Shades>();
  known.set(palette, ofTheme);
  const found = ofTheme.get(hue);
  if (found) return found;
  const mix = interpolateLab(palette.surface, resolve(hue));
  const shades = Array.from({ length: STEPS + 1 }, (_, i) => mix(i / STEPS));
  ofTheme.set(hue, shades);
  return shades;
}

/** The shade at a share from 0 to 1. */
export function shadeAt(shades: Shades, share: number): string {
  return shades[Math.round(Math.min(1, Math.max(0, share)) * STEPS)]!;
}

/** Colours signed values: positive blue, negative orange, strongest at a size of `most`. */
export function divergingShades(
  stage: Pick<Stage, 'palette' | 'resolve'>,
  most: number,
  strongest = 1,
): (value: number) => string {
  const positive = shadesOf(stage, 'var(--positive)');
  const negative = shadesOf(stage, 'var(--negative)');
  return (value) =>
    shadeAt(value < 0 ? negative : positive, strongest * Math.min(1, Math.abs(value) / most));
}
