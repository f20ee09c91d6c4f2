import * as tf from '@tensorflow/tfjs';
import { acquirePlane, planeOf } from './backend.ts';
import type { Plane, WebglBackend } from './backend.ts';
import { ContextLostError } from './context-lost-error.ts';
import { programOf } from './program.ts';
import type { Program } from './program.ts';
import type { Shader } from './shader.ts';

/** Textures that one draw writes. */
export interface Target {
  readonly framebuffer: WebGLFramebuffer;
  readonly width: number;
  readonly height: number;
}

/** A part of a target, in texels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Draw {
  readonly target: Target;
  /** Tensors and textures of the shader, by name. */
  readonly planes: Readonly<Record<string, Plane | undefined>>;
  readonly ints: Readonly<Record<string, number>>;
  /** Left out, the whole target. */
  readonly region?: Region;
  /** Draw so many points, in order, instead of covering the region. */
  readonly points?: number;
}

/** Vertices come from their numbers alone: the array of attributes is empty. */
const emptyArrays = new WeakMap<WebGL2RenderingContext, WebGLVertexArrayObject>();

/**
 * The draws of one kernel call, and the textures that live as long as it does. tfjs binds
 * everything anew before a draw of its own, so nothing is put back.
 */
export class Draws {
  /** The longest side of a texture. */
  readonly maxSize: number;
  readonly #backend: WebglBackend;
  readonly #gl: WebGL2RenderingContext;
  readonly #cleanUp: (() => void)[] = [];

  /**
   * @param kernel whose call it is, for errors
   * @throws ContextLostError if the context is gone
   */
  constructor(backend: WebglBackend, kernel: string) {
    this.#backend = backend;
    this.#gl = backend.gpgpu.gl;
    if (this.#gl.isContextLost()) throw new ContextLostError(kernel);
    this.maxSize = tf.env().getNumber('WEBGL_MAX_TEXTURE_SIZE');
    if (!emptyArrays.has(this.#gl)) emptyArrays.set(this.#gl, this.#gl.createVertexArray());
  }

  /** A tensor's texture. */
  input(tensor: tf.TensorInfo): Plane {
    const { plane, temporary } = planeOf(this.#backend, tensor);
    if (temporary) this.#cleanUp.push(() => this.#backend.disposeIntermediateTensorInfo(temporary));
    return plane;
  }

  /** A new tensor, and the target that fills it. */
  output(shape: number[]): { tensor: tf.TensorInfo; target: Target } {
    const tensor = this.#backend.makeTensorInfo(shape, 'float32');
    return { tensor, target: this.target([planeOf(this.#backend, tensor).plane]) };
  }

  /** A tensor without elements, for an output that a cell does not have. */
  empty(): tf.TensorInfo {
    return this.#backend.makeTensorInfo([0], 'float32', new Float32Array(0));
  }

  /** A texture for this call alone. Its first values are arbitrary. */
  scratch(width: number, height: number, channels: 1 | 4): Plane {
    const { plane, release } = acquirePlane(this.#backend, width, height, channels);
    this.#cleanUp.push(release);
    return plane;
  }

  /** A target of textures of one size. A draw must not read what it writes. */
  target(planes: readonly Plane[]): Target {
    const gl = this.#gl;
    const framebuffer = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    const attachments = planes.map(({ texture }, index) => {
      const attachment = gl.COLOR_ATTACHMENT0 + index;
      gl.framebufferTexture2D(gl.FRAMEBUFFER, attachment, gl.TEXTURE_2D, texture, 0);
      return attachment;
    });
    gl.drawBuffers(attachments);
    this.#cleanUp.push(() => gl.deleteFramebuffer(framebuffer));
    return { framebuffer, width: planes[0]!.width, height: planes[0]!.height };
  }

  /**
   * Compiles a shader, once per context.
   *
   * @throws ShaderError with the compiler's words
   */
  program(shader: Shader): Program {
    return programOf(this.#gl, shader);
  }

  /** Fills the first texture of a target with one value. */
  clear(target: Target, value: number): void {
    this.#aim(target, { x: 0, y: 0, ...target });
    this.#gl.clearBufferfv(this.#gl.COLOR, 0, [value, 0, 0, 0]);
  }

  /** Runs a program over a region of its target. */
  draw({ shader, program, ints, samplers, layouts }: Program, draw: Draw): void {
    const gl = this.#gl;
    this.#aim(draw.target, draw.region ?? { x: 0, y: 0, ...draw.target });
    gl.useProgram(program);
    gl.bindVertexArray(emptyArrays.get(gl)!);
    for (const [index, name] of shader.ints.entries()) {
      gl.uniform1i(ints[index]!, draw.ints[name]!);
    }
    for (const [unit, name] of [...shader.tensors, ...shader.textures].entries()) {
      const plane = draw.planes[name]!;
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, plane.texture);
      gl.uniform1i(samplers[unit]!, unit);
      if (unit < layouts.length) gl.uniform2i(layouts[unit]!, plane.width, plane.offset);
    }
    if (draw.points === undefined) gl.drawArrays(gl.TRIANGLES, 0, 3);
    else gl.drawArrays(gl.POINTS, 0, draw.points);
  }

  /** Gives back what this call alone used. To be called once, even after an error. */
  finish(): void {
    for (const cleanUp of this.#cleanUp) cleanUp();
  }

  #aim({ framebuffer }: Target, { x, y, width, height }: Region): void {
    const gl = this.#gl;
    gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
    gl.viewport(x, y, width, height);
    gl.scissor(x, y, width, height);
  }
}
