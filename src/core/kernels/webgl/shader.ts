/** A fragment shader, and what it reads and writes. */
export interface Shader {
  /** Tensors: one channel, row-major. The shader has `float nameAt(int index)` for each. */
  readonly tensors: readonly string[];
  /** Textures with four channels, for `texelFetch`. */
  readonly textures: readonly string[];
  /** Uniform integers. */
  readonly ints: readonly string[];
  /** How many textures it writes, as `result0`, `result1`, … */
  readonly outputs: number;
  /** Functions and `main`. */
  readonly fragment: string;
  /** Functions and `main`. Left out, one triangle covers the whole target. */
  readonly vertex?: string;
}

const COVER = `
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`;

/** GLSL ES 3.00 of both stages. */
export function sourcesOf(shader: Shader): { vertex: string; fragment: string } {
  const lines = [
    '#version 300 es',
    'precision highp float;',
    'precision highp int;',
    'precision highp sampler2D;',
    ...shader.ints.map((name) => `uniform int ${name};`),
    ...shader.textures.map((name) => `uniform sampler2D ${name};`),
    ...shader.tensors.map(tensorAccess),
  ];
  const results = Array.from(
    { length: shader.outputs },
    (_, index) => `layout(location = ${index}) out vec4 result${index};`,
  );
  return {
    vertex: [...lines, shader.vertex ?? COVER].join('\n'),
    fragment: [...lines, ...results, shader.fragment].join('\n'),
  };
}

/** The layout of a tensor is the width of its texture, and the index there of its first value. */
const tensorAccess = (name: string): string => `
uniform sampler2D ${name};
uniform ivec2 ${name}Layout;
float ${name}At(int index) {
  int i = index + ${name}Layout.y;
  return texelFetch(${name}, ivec2(i % ${name}Layout.x, i / ${name}Layout.x), 0).r;
}`;
