import type * as tf from '@tensorflow/tfjs';
import type { Draws } from './draws.ts';
import type { Shader } from './shader.ts';
import { SLAB_INTS, slabAccess, slabOrigin } from './slabs.ts';
import type { SlabSequence } from './slabs.ts';

/** Row-major values of a tensor [batch, steps, gates · units], from channels of slabs. */
const unpackShader: Shader = {
  tensors: [],
  textures: ['valuesEven', 'valuesOdd'],
  ints: [...SLAB_INTS, 'steps', 'origin', 'stride', 'channel', 'gates', 'textureWidth'],
  outputs: 1,
  fragment: `
${slabOrigin}
${slabAccess('values')}
void main() {
  int index = int(gl_FragCoord.y) * textureWidth + int(gl_FragCoord.x);
  int width = gates * units;
  int position = index / width;
  int column = index % width;
  int b = position / steps;
  // A texture may be larger than its tensor.
  if (b >= batch) return;
  vec4 values = valuesSlab(origin + stride * (position % steps), b, column % units);
  result0.r = values[channel + column / units];
}`,
};

interface Unpacking extends SlabSequence {
  readonly steps: number;
  /** The first channel. */
  readonly channel?: number;
  /** How many channels, each a block of the last axis. */
  readonly gates?: number;
}

/** A tensor of the given shape, which has to come down to [batch, steps, gates · units]. */
export function unpackSlabs(
  draws: Draws,
  shape: number[],
  { slabs, layout, order, steps, channel = 0, gates = 1 }: Unpacking,
): tf.TensorInfo {
  const { tensor, target } = draws.output(shape);
  draws.draw(draws.program(unpackShader), {
    target,
    planes: { valuesEven: slabs[0], valuesOdd: slabs[1] },
    ints: { ...layout, ...order, steps, channel, gates, textureWidth: target.width },
  });
  return tensor;
}
