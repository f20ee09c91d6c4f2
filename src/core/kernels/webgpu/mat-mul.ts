import * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.ts';
import { runCommands } from './commands.ts';
import { matMulGroups, matMulShader } from './mat-mul.wgsl.ts';
import { replaceKernel } from './replace-kernel.ts';
import { sumRunsGroups, sumRunsShader } from './sum-runs.wgsl.ts';

/** Inputs and attributes of both of tfjs's kernels; the plain one has no bias and no activation. */
interface Arguments {
  readonly a: tf.TensorInfo;
  readonly b: tf.TensorInfo;
  readonly bias?: tf.TensorInfo;
  readonly preluActivationWeights?: tf.TensorInfo;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly activation?: string | null;
}

interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
}

/** Positions that one workgroup adds up where the depth is that of a batch's words. */
const RUN = 128;
/** Elements of all partial sums together. */
const MOST_PARTIAL = 2 ** 22;

/**
 * Replaces TensorFlow.js's matrix products for the shapes of a layer's projections and their gradients
 * on the `webgpu` backend. The stock kernels wait at barriers, which cost a software GPU most of its
 * time, and add up a long depth by atomic operations, in any order: equal runs would differ.
 */
export function registerMatMulWebgpu(): void {
  for (const kernel of ['BatchMatMul', '_FusedMatMul']) {
    replaceKernel<Arguments>(kernel, isOurs, (backend, args) => matMul(backend, kernel, args));
  }
}

function isOurs(args: Arguments): boolean {
  const { a, b, bias, transposeA, transposeB, activation = 'linear' } = args;
  if ([a, b].some(({ dtype, shape }) => dtype !== 'float32' || batchOf(shape) !== 1)) return false;
  if ((transposeA && transposeB) || (activation ?? 'linear') !== 'linear') return false;
  if (args.preluActivationWeights) return false;
  const { rows, columns, depth } = sizesOf(args);
  if (bias && (transposeA || tf.util.sizeFromShape(bias.shape) !== columns)) return false;
  // What the shader reads by fours. The words of a batch may be any number.
  const byFours = [columns, transposeA ? rows : depth];
  return [rows, depth, ...byFours].every((size) => size > 0) && byFours.every((n) => n % 4 === 0);
}

const batchOf = (shape: readonly number[]): number =>
  shape.slice(0, -2).reduce((product, size) => product * size, 1);

function sizesOf({ a, b, transposeA, transposeB }: Arguments): Sizes {
  const [height, width] = a.shape.slice(-2) as [number, number];
  return {
    rows: transposeA ? width : height,
    columns: b.shape.at(transposeB ? -2 : -1)!,
    depth: transposeA ? height : width,
  };
}

function matMul(backend: WebgpuBackend, kernel: string, args: Arguments): tf.TensorInfo {
  const { a, b, bias, transposeA, transposeB } = args;
  const { rows, columns, depth } = sizesOf(args);
  const size = rows * columns;
  const most = transposeA ? Math.max(1, Math.floor(MOST_PARTIAL / size)) : 1;
  const run = Math.max(transposeA ? RUN : depth, Math.ceil(depth / most));
  const splits = Math.ceil(depth / run);
  const outer = a.shape.length > b.shape.length ? a.shape : b.shape;
  return runCommands(backend, kernel, (commands) => {
    const { tensor, buffer } = commands.output([...outer.slice(0, -2), rows, columns]);
    const product = splits === 1 ? buffer : commands.scratch(splits * size);
    const transposed = transposeA ? 'left' : transposeB ? 'right' : 'none';
    commands.dispatch(
      matMulShader({ transposed, biased: bias !== undefined }),
      { a: commands.input(a), b: commands.input(b), bias: bias && commands.input(bias), product },
      [[rows, columns, depth, run]],
      matMulGroups(rows, columns, splits),
    );
    if (splits > 1) {
      commands.dispatch(
        sumRunsShader,
        { partial: product, total: buffer },
        [[splits, size]],
        [sumRunsGroups(size)],
      );
    }
    return tensor;
  });
}
