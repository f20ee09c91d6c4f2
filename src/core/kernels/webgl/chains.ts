import type * as tf from '@tensorflow/tfjs';
import type { Plane } from './backend.ts';
import { chainNextShader, chainStartShader } from './chains.glsl.ts';
import type { Draw, Draws, Target } from './draws.ts';
import type { Shader } from './shader.ts';

/**
 * Positions of a chunk. Larger ones cost more searching for the next position of a segment, smaller
 * ones more chains for each segment.
 */
const CHUNK = 1024;

const LIST_WIDTH = 2048;

/**
 * The positions of each segment, to be added up without atomic operations. Positions stand in chunks;
 * in each, those of the same segment form a chain.
 */
interface Chains {
  /** [chunks, segmentCount]: where each chain starts, or -1. */
  readonly start: Plane;
  /** [positions]: the next of the chain, or -1. */
  readonly next: Plane;
  readonly chunks: number;
}

/** Where values go: position `i` belongs to segment `ids[i]`. Ids that do not exist count nowhere. */
export interface Segments {
  readonly ids: tf.TensorInfo;
  readonly positions: number;
  readonly segmentCount: number;
}

/**
 * Adds up by segment, in the order of the positions, so that equal inputs give equal sums.
 *
 * @param shape of the result, which has to come down to [segmentCount, columns]
 * @param shader made by `chainSumShader`
 * @param terms what the shader reads besides the chains
 */
export function sumBySegment(
  draws: Draws,
  segments: Segments,
  shape: number[],
  shader: Shader,
  terms: Pick<Draw, 'planes' | 'ints'>,
): tf.TensorInfo {
  const { segmentCount } = segments;
  const { start, next, chunks } = makeChains(draws, segments);
  const { tensor, target } = draws.output(shape);
  const columns = shape.reduce((product, size) => product * size, 1) / segmentCount;
  draws.draw(draws.program(shader), {
    target,
    planes: { ...terms.planes, chainStart: start, chainNext: next },
    ints: { ...terms.ints, segmentCount, columns, chunks, textureWidth: target.width },
  });
  return tensor;
}

function makeChains(draws: Draws, { ids, positions, segmentCount }: Segments): Chains {
  const chunks = Math.ceil(positions / CHUNK);
  const planes = { segments: draws.input(ids) };
  const start = list(draws, chunks * segmentCount);
  draws.clear(start.target, -1);
  draws.draw(draws.program(chainStartShader), {
    target: start.target,
    planes,
    ints: {
      positions,
      segmentCount,
      chunk: CHUNK,
      textureWidth: start.plane.width,
      textureHeight: start.plane.height,
    },
    points: positions,
  });
  const next = list(draws, positions);
  draws.draw(draws.program(chainNextShader), {
    target: next.target,
    planes,
    ints: { positions, chunk: CHUNK, textureWidth: next.plane.width },
  });
  return { start: start.plane, next: next.plane, chunks };
}

/**
 * Room for so many numbers, row by row. The rows are of one length, the longest that every WebGL 2 has
 * room for: the pool keeps a texture of every size that was ever used.
 */
function list(draws: Draws, length: number): { plane: Plane; target: Target } {
  const plane = draws.scratch(LIST_WIDTH, Math.ceil(length / LIST_WIDTH), 1);
  return { plane, target: draws.target([plane]) };
}
