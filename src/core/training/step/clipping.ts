import * as tf from '@tensorflow/tfjs';
import { scale } from '../numbers/mix.ts';
import { read } from '../numbers/read.ts';
import type { ClippingSettings } from '../settings.ts';

/** What clipping did to the gradients of a step. */
export interface Clipping {
  /** Norms of each variable's gradient. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Whether it changed anything. */
  readonly clipped: boolean;
  /** Between all raw gradients and all clipped ones, in radians. */
  readonly angle: number;
}

/**
 * Clips gradients as Keras does. Those that change are replaced in the array, and the old ones
 * disposed of.
 *
 * @param norms of the gradients; they must be numbers
 */
export async function clip(
  gradients: tf.Tensor[],
  norms: readonly number[],
  settings: ClippingSettings,
): Promise<Clipping> {
  if (settings.kind === 'clipvalue') return clipValues(gradients, norms, settings.value);
  const scales = scalesOf(norms, settings);
  scales.forEach((factor, i) => {
    if (factor < 1) exchange(gradients, i, scale(factor, gradients[i]!));
  });
  const after = norms.map((norm, i) => norm * scales[i]!);
  const dot = norms.reduce((sum, norm, i) => sum + norm * after[i]!, 0);
  const clipped = scales.some((factor) => factor < 1);
  return { before: norms, after, clipped, angle: clipped ? angleOf(norms, after, dot) : 0 };
}

/** The norm of several tensors together. */
export function globalNorm(norms: readonly number[]): number {
  return Math.hypot(...norms);
}

function scalesOf(norms: readonly number[], settings: ClippingSettings): readonly number[] {
  switch (settings.kind) {
    case 'clipnorm':
      return norms.map((norm) => Math.min(1, settings.value / norm));
    case 'global_clipnorm': {
      const factor = Math.min(1, settings.value / globalNorm(norms));
      return norms.map(() => factor);
    }
    default:
      return norms.map(() => 1);
  }
}

async function clipValues(
  gradients: tf.Tensor[],
  before: readonly number[],
  limit: number,
): Promise<Clipping> {
  const dots: tf.Scalar[] = [];
  try {
    gradients.forEach((raw, i) => {
      const clipped = raw.clipByValue(-limit, limit);
      dots.push(tf.tidy(() => raw.mul(clipped).sum()));
      exchange(gradients, i, clipped);
    });
    const { values, squares } = await read(dots, gradients);
    const after = squares.map(Math.sqrt);
    // Rounding alone moves a norm by less.
    const clipped = after.some((norm, i) => norm < before[i]! * (1 - 1e-6));
    const dot = values.reduce((sum, value) => sum + value, 0);
    return { before, after, clipped, angle: clipped ? angleOf(before, after, dot) : 0 };
  } finally {
    tf.dispose(dots);
  }
}

function exchange(gradients: tf.Tensor[], i: number, tensor: tf.Tensor): void {
  gradients[i]!.dispose();
  gradients[i] = tensor;
}

function angleOf(before: readonly number[], after: readonly number[], dot: number): number {
  const product = globalNorm(before) * globalNorm(after);
  return product === 0 ? 0 : Math.acos(Math.min(1, dot / product));
}
