import * as tf from '@tensorflow/tfjs';
import { createAdam } from '../../../src/core/training/adam.ts';
import { trainStep } from '../../../src/core/training/step.ts';
import { bytesHeld } from './bytes-held.ts';
import { tinyBatch, tinyModel } from './tiny-model.ts';

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
  const { model, variables } = tinyModel();
  const adam = createAdam(variables, 0.01);
  // The first steps make what stays: an optimiser's moments, the copies of constants.
  for (let i = 0; i < 3; i++) await trainStep(model, adam, tinyBatch(i));
  const before = heldMemory();
  for (let i = 0; i < steps; i++) await trainStep(model, adam, tinyBatch(i));
  const after = heldMemory();
  adam.dispose();
  model.dispose();
  return [before, after];
}
