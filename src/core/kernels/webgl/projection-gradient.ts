import type * as tf from '@tensorflow/tfjs';
import type { RecurrentSizes } from '../spec/recurrent.ts';
import { sumBySegment } from './chains.ts';
import { chainSumShader } from './chains.glsl.ts';
import type { Draws } from './draws.ts';
import { SLAB_INTS, slabAccess, slabOrigin } from './slabs.ts';
import type { SlabSequence } from './slabs.ts';
import { unpackSlabs } from './unpack-slabs.ts';

const sumShader = chainSumShader({
  textures: ['gatesEven', 'gatesOdd'],
  ints: [...SLAB_INTS, 'steps', 'origin', 'stride'],
  functions: slabOrigin + slabAccess('gates'),
  term: `gatesSlab(
        origin + stride * (position % steps), position / steps, column % units
      )[column / units]`,
});

/** The gradients of the projections [projectionRows, width]: a sum where timesteps share rows. */
export function projectionGradient(
  draws: Draws,
  rows: tf.TensorInfo | undefined,
  { batch, steps, units, width, projectionRows }: RecurrentSizes,
  { slabs, layout, order }: SlabSequence,
): tf.TensorInfo {
  const shape = [projectionRows, width];
  if (!rows) {
    return unpackSlabs(draws, shape, { slabs, layout, order, steps, gates: width / units });
  }
  const segments = { ids: rows, positions: batch * steps, segmentCount: projectionRows };
  return sumBySegment(draws, segments, shape, sumShader, {
    planes: { gatesEven: slabs[0], gatesOdd: slabs[1] },
    ints: { ...layout, ...order, steps },
  });
}
