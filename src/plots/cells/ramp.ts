import { rgb } from 'd3-color';
import { interpolateLab, piecewise } from 'd3-interpolate';
import type { Palette } from '../frame/theme.ts';

/** Colours of a scale, ready to be written as pixels (little-endian RGBA). */
export type Ramp = Uint32Array;

const STEPS = 256;

/** From the strongest negative colour over the surface to the strongest positive one. */
export function divergingRamp({ negative, surface, positive }: Palette): Ramp {
  return ramp([negative, surface, positive]);
}

/** From the surface to a hue. */
export function sequentialRamp(surface: string, hue: string): Ramp {
  return ramp([surface, hue]);
}

function ramp(colors: readonly string[]): Ramp {
  const at = piecewise(interpolateLab, [...colors]);
  return Uint32Array.from({ length: STEPS }, (_, i) => {
    const { r, g, b } = rgb(at(i / (STEPS - 1)));
    return (255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r);
  });
}

/** Place of a share from 0 to 1 in a ramp. What is no number has none. */
export function rampIndex(share: number): number {
  if (Number.isNaN(share)) return -1;
  return Math.min(STEPS - 1, Math.max(0, Math.round(share * (STEPS - 1))));
}
