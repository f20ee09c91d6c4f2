import { KernelShapeError } from '../spec/recurrent.ts';
import type { RecurrentSizes } from '../spec/recurrent.ts';
import type { Plane } from './backend.ts';
import type { Draws, Region } from './draws.ts';
import type { Order } from './order.ts';

/**
 * Where the steps of a sequence stand in textures. Each step has a slab, a rectangle with a column
 * per unit and a row per row of the batch, and an entry, its number in the order of reading, from 1;
 * entry 0 is the state before the first step. A draw must not read the texture that it writes, and a
 * step reads its neighbour: so even entries stand in one texture, odd ones in another.
 */
export interface SlabLayout {
  readonly batch: number;
  readonly units: number;
  /** Entries of each texture: pairs of an even and an odd one. */
  readonly pairs: number;
  /** Slabs that stand above each other before the next column of slabs starts. */
  readonly perColumn: number;
  readonly width: number;
  readonly height: number;
}

/** A texture for the even entries, and one for the odd. */
export type Slabs = readonly [even: Plane, odd: Plane];

/** Slabs, and what it takes to find a timestep in them. */
export interface SlabSequence {
  readonly slabs: Slabs;
  readonly layout: SlabLayout;
  readonly order: Order;
}

/**
 * Lays out a sequence and the entry before it.
 *
 * @throws KernelShapeError if it does not fit a texture of `maxSize` texels a side
 */
export function layoutSlabs(
  kernel: string,
  { batch, steps, units }: Pick<RecurrentSizes, 'batch' | 'steps' | 'units'>,
  maxSize: number,
): SlabLayout {
  const limits = { batch: maxSize, units: maxSize - 1 };
  for (const [name, value] of Object.entries({ batch, units })) {
    const limit = limits[name as keyof typeof limits];
    if (value > limit) {
      throw new KernelShapeError(kernel, name, `is ${value}, this GPU's limit is ${limit}`);
    }
  }
  const pairs = Math.ceil((steps + 1) / 2);
  const perColumn = Math.min(pairs, Math.floor(maxSize / batch));
  const width = Math.ceil(pairs / perColumn) * units;
  if (width > maxSize) {
    const limit = Math.floor(maxSize / batch) * Math.floor(maxSize / units) * 2 - 1;
    const size = `with a batch of ${batch} and ${units} units`;
    throw new KernelShapeError(
      kernel,
      'timesteps',
      `are ${steps}, this GPU's limit is ${limit} ${size}`,
    );
  }
  return { batch, units, pairs, perColumn, width, height: perColumn * batch };
}

/** Where the slab of an entry stands in its texture. */
export function regionOf({ batch, units, perColumn }: SlabLayout, entry: number): Region {
  const pair = entry >> 1;
  return {
    x: Math.floor(pair / perColumn) * units,
    y: (pair % perColumn) * batch,
    width: units,
    height: batch,
  };
}

/** Textures for a layout. */
export function makeSlabs(draws: Draws, { width, height }: SlabLayout): Slabs {
  return [draws.scratch(width, height, 4), draws.scratch(width, height, 4)];
}

/** The uniforms that {@link slabOrigin} needs. */
export const SLAB_INTS = ['batch', 'units', 'perColumn'] as const;

/** In a shader: the texel where the slab of an entry starts. */
export const slabOrigin = `
ivec2 slabOrigin(int entry) {
  int pair = entry >> 1;
  return ivec2((pair / perColumn) * units, (pair % perColumn) * batch);
}`;

/** In a shader with textures `nameEven` and `nameOdd`: the texel of an entry, a row and a unit. */
export const slabAccess = (name: string): string => `
vec4 ${name}Slab(int entry, int b, int u) {
  ivec2 at = slabOrigin(entry) + ivec2(u, b);
  return (entry & 1) == 0 ? texelFetch(${name}Even, at, 0) : texelFetch(${name}Odd, at, 0);
}`;
