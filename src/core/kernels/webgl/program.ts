import { sourcesOf } from './shader.ts';
import type { Shader } from './shader.ts';

/** A shader that is compiled and linked, and the places of its uniforms. */
export interface Program {
  readonly shader: Shader;
  readonly program: WebGLProgram;
  readonly ints: readonly (WebGLUniformLocation | null)[];
  readonly samplers: readonly (WebGLUniformLocation | null)[];
  /** Of the tensors, which stand first among the samplers. */
  readonly layouts: readonly (WebGLUniformLocation | null)[];
}

/** The browser's compiler refused a shader: a fault of ours or of the driver. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

const cache = new WeakMap<WebGL2RenderingContext, Map<string, Program>>();

/**
 * The program of a shader, compiled once per context.
 *
 * @throws ShaderError with the compiler's words
 */
export function programOf(gl: WebGL2RenderingContext, shader: Shader): Program {
  const programs = cache.get(gl) ?? new Map<string, Program>();
  cache.set(gl, programs);
  const { vertex, fragment } = sourcesOf(shader);
  const key = vertex + fragment;
  const known = programs.get(key);
  if (known) return known;
  const linked = link(gl, vertex, fragment);
  const place = (name: string) => gl.getUniformLocation(linked, name);
  const program: Program = {
    shader,
    program: linked,
    ints: shader.ints.map(place),
    samplers: [...shader.tensors, ...shader.textures].map(place),
    layouts: shader.tensors.map((name) => place(`${name}Layout`)),
  };
  programs.set(key, program);
  return program;
}

function link(gl: WebGL2RenderingContext, vertex: string, fragment: string): WebGLProgram {
  const program = gl.createProgram();
  const shaders = [
    compile(gl, gl.VERTEX_SHADER, vertex),
    compile(gl, gl.FRAGMENT_SHADER, fragment),
  ];
  for (const shader of shaders) gl.attachShader(program, shader);
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost()) {
    const logs = [
      ...shaders.map((shader) => gl.getShaderInfoLog(shader)),
      gl.getProgramInfoLog(program),
    ];
    throw new ShaderError(logs.filter(Boolean).join('\n'));
  }
  for (const shader of shaders) gl.deleteShader(shader);
  return program;
}

function compile(gl: WebGL2RenderingContext, type: number, source: string): WebGLShader {
  const shader = gl.createShader(type)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}
