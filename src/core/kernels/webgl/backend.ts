import type * as tf from '@tensorflow/tfjs';
import { ContextLostError } from './context-lost-error.ts';

/** What the backend keeps of a tensor. `texShape` is [rows, columns] of its texture. */
interface TextureData {
  readonly texture?: { readonly texture: WebGLTexture } | null;
  readonly texShape?: readonly [number, number] | null;
  readonly isPacked?: boolean;
  /** A slice shares the texture of the tensor that it was cut from. */
  readonly slice?: { readonly flatOffset: number } | null;
}

/** The part of tfjs's WebGL backend that the kernels here use. All of it is public there. */
export interface WebglBackend extends tf.KernelBackend {
  readonly gpgpu: {
    readonly gl: WebGL2RenderingContext & { readonly canvas: EventTarget };
    itemsToPoll: unknown[];
  };
  readonly texData: { get(dataId: object): TextureData };
  getTextureManager(): {
    acquireTexture(shape: [number, number], usage: number, isPacked: boolean): PooledTexture;
    releaseTexture(
      texture: PooledTexture,
      shape: [number, number],
      usage: number,
      isPacked: boolean,
    ): void;
  };
  makeTensorInfo(shape: number[], dtype: tf.DataType, values?: Float32Array): tf.TensorInfo;
  uploadToGPU(dataId: object): void;
  unpackTensor(input: tf.TensorInfo): tf.TensorInfo;
  disposeIntermediateTensorInfo(tensor: tf.TensorInfo): void;
}

interface PooledTexture {
  readonly texture: WebGLTexture;
}

/** A float32 texture: with four channels, or one channel and row-major values from `offset` on. */
export interface Plane {
  readonly texture: WebGLTexture;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
}

const losses = new WeakMap<WebGL2RenderingContext, Promise<ContextLostError>>();

/** Resolves when the context of a backend is gone. What tfjs was waiting for then never comes. */
export function contextLost({ gpgpu }: WebglBackend): Promise<ContextLostError> {
  const { gl } = gpgpu;
  const known = losses.get(gl);
  if (known) return known;
  const loss = new Promise<ContextLostError>((resolve) => {
    const tell = (): void => {
      // tfjs would ask for ever whether the GPU is done.
      gpgpu.itemsToPoll = [];
      resolve(new ContextLostError());
    };
    if (gl.isContextLost()) tell();
    else gl.canvas.addEventListener('webglcontextlost', tell, { once: true });
  });
  losses.set(gl, loss);
  return loss;
}

/** tfjs's name for a texture that draws write: `TextureUsage.RENDER`. */
const RENDER = 0;

/**
 * A texture from tfjs's pool, with arbitrary first values.
 *
 * @returns the plane, and what gives it back to the pool
 */
export function acquirePlane(
  backend: WebglBackend,
  width: number,
  height: number,
  channels: 1 | 4,
): { plane: Plane; release: () => void } {
  const isPacked = channels === 4;
  // tfjs counts a texel with four channels as two rows by two columns.
  const shape: [number, number] = isPacked ? [2 * height, 2 * width] : [height, width];
  const pool = backend.getTextureManager();
  const pooled = pool.acquireTexture(shape, RENDER, isPacked);
  return {
    plane: { texture: pooled.texture, width, height, offset: 0 },
    release: () => pool.releaseTexture(pooled, shape, RENDER, isPacked),
  };
}

/**
 * The texture behind a tensor, with one channel. Values that are not on the GPU yet are sent there;
 * tfjs's packed form (four channels) is unpacked into a temporary tensor.
 */
export function planeOf(
  backend: WebglBackend,
  tensor: tf.TensorInfo,
): { plane: Plane; temporary?: tf.TensorInfo } {
  backend.uploadToGPU(tensor.dataId);
  const data = backend.texData.get(tensor.dataId);
  if (data.isPacked) {
    const temporary = backend.unpackTensor(tensor);
    return { plane: planeOf(backend, temporary).plane, temporary };
  }
  const [height, width] = data.texShape!;
  const offset = data.slice?.flatOffset ?? 0;
  return { plane: { texture: data.texture!.texture, width, height, offset } };
}
