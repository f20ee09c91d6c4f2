import type { Shader } from './shader.ts';

/**
 * Where the chains of each chunk start. A point per position, last first, writes its own number at
 * its segment: the first position is drawn last, and stays. Segments that do not exist are left out.
 */
export const chainStartShader: Shader = {
  tensors: ['segments'],
  textures: [],
  ints: ['positions', 'segmentCount', 'chunk', 'textureWidth', 'textureHeight'],
  outputs: 1,
  vertex: `
flat out float number;
void main() {
  int position = positions - 1 - gl_VertexID;
  int segment = int(segmentsAt(position));
  int index = (position / chunk) * segmentCount + segment;
  vec2 texel = vec2(index % textureWidth, index / textureWidth) + 0.5;
  vec2 place = 2.0 * texel / vec2(textureWidth, textureHeight) - 1.0;
  bool exists = segment >= 0 && segment < segmentCount;
  gl_Position = exists ? vec4(place, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 1.0;
  number = float(position);
}`,
  fragment: `
flat in float number;
void main() {
  result0 = vec4(number, 0.0, 0.0, 0.0);
}`,
};

/** For each position, the next of its chain, or -1. */
export const chainNextShader: Shader = {
  tensors: ['segments'],
  textures: [],
  ints: ['positions', 'chunk', 'textureWidth'],
  outputs: 1,
  fragment: `
void main() {
  int position = int(gl_FragCoord.y) * textureWidth + int(gl_FragCoord.x);
  int end = min((position / chunk + 1) * chunk, positions);
  float segment = segmentsAt(position);
  int next = position + 1;
  while (next < end && segmentsAt(next) != segment) next++;
  result0 = vec4(next < end ? float(next) : -1.0, 0.0, 0.0, 0.0);
}`,
};

/** What a sum along chains reads besides what it adds up. */
interface Terms {
  readonly tensors?: readonly string[];
  readonly textures?: readonly string[];
  readonly ints?: readonly string[];
  readonly functions?: string;
  /** The number to add for a `position` and a `column`. */
  readonly term: string;
}

/** Sums along the chains of each segment: values of a tensor [segmentCount, columns]. */
export function chainSumShader(terms: Terms): Shader {
  const { tensors = [], textures = [], ints = [], functions = '' } = terms;
  return {
    tensors: ['chainStart', 'chainNext', ...tensors],
    textures,
    ints: ['segmentCount', 'columns', 'chunks', 'textureWidth', ...ints],
    outputs: 1,
    fragment: `
${functions}
void main() {
  int index = int(gl_FragCoord.y) * textureWidth + int(gl_FragCoord.x);
  int segment = index / columns;
  int column = index % columns;
  // A texture may be larger than its tensor.
  if (segment >= segmentCount) return;
  float sum = 0.0;
  for (int i = 0; i < chunks; i++) {
    int position = int(chainStartAt(i * segmentCount + segment));
    while (position >= 0) {
      sum += ${terms.term};
      position = int(chainNextAt(position));
    }
  }
  result0.r = sum;
}`,
  };
}
