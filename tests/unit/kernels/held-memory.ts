import * as tf from '@tensorflow/tfjs';
import { bytesHeld } from './bytes-held.ts';
import { tinyRun } from './tiny-run.ts';

/** What tfjs and the current backend hold. */
export interface HeldMemory {
  readonly tensors: number;
  readonly dataBuffers: number;
  readonly bytes: number;
  /** On the GPU, or in the memory of the SIMD kernels. */
  readonly backendBytes: number;
  /** WebGL: in use, not in the pool. */
  readonly textures: number;
}

function heldMemory(): HeldMemory {
  const { numTensors, numDataBuffers, numBytes } = tf.memory();
  const { getTextureManager } = tf.backend() as {
    getTextureManager?: () => { getNumUsedTextures(): number };
  };
  return {
    tensors: numTensors,
    dataBuffers: numDataBuffers,
    bytes: numBytes,
    backendBytes: bytesHeld(),
    textures: getTextureManager?.call(tf.backend()).getNumUsedTextures() ?? 0,
  };
}

/** What is held after the first training steps of a tiny model, and after all of them. */
export async function trainAndHold(steps: number): Promise<[HeldMemory, HeldMemory]> {
  const { run, model } = tinyRun(steps);
  const held: HeldMemory[] = [];
  for await (const event of run.start()) {
    // The first steps make what stays: an optimiser's moments, the copies of constants.
    if (event.type === 'batch' && (event.step === 3 || event.step === steps)) {
      held.push(heldMemory());
    }
  }
  model.dispose();
  return held as [HeldMemory, HeldMemory];
}
