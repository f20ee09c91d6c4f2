import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.ts';
import { columnRuns, columnSumGroups, columnSumShader } from './column-sum.wgsl.ts';
import { runCommands } from './commands.ts';
import { replaceKernel } from './replace-kernel.ts';
import { sumRunsGroups, sumRunsShader } from './sum-runs.wgsl.ts';

const KERNEL = 'Sum';
/** Workgroups along an axis that WebGPU promises, times the rows that each takes. */
const MOST_ROWS = 65_535 * 64;

/** Inputs and attributes of tfjs's kernel. */
interface Arguments {
  readonly x: tf.TensorInfo;
  readonly axis: number | readonly number[];
  readonly keepDims: boolean;
}

/**
 * Replaces TensorFlow.js's `Sum` for one case on the `webgpu` backend: a matrix over its first axis,
 * which is the gradient of a layer's bias over all timesteps. The stock kernel transposes the matrix
 * for that, and sums each column in one workgroup.
 */
export function registerSumWebgpu(): void {
  replaceKernel<Arguments>(KERNEL, isOurs, sumColumns);
}

function isOurs({ x, axis, keepDims }: Arguments): boolean {
  const [first, ...more] = [axis].flat();
  const [rows = 0, columns = 0] = x.shape;
  const isMatrix = x.shape.length === 2 && x.dtype === 'float32' && rows * columns > 0;
  return isMatrix && first === 0 && more.length === 0 && !keepDims && rows <= MOST_ROWS;
}

function sumColumns(backend: WebgpuBackend, { x }: Arguments): tf.TensorInfo {
  const [rows, columns] = x.shape as [number, number];
  return runCommands(backend, KERNEL, (commands) => {
    const runs = columnRuns(rows);
    const partial = commands.scratch(runs * columns);
    const { tensor, buffer } = commands.output([columns]);
    commands.dispatch(
      columnSumShader,
      { matrix: commands.input(x), partial },
      [[rows, columns]],
      columnSumGroups(rows, columns),
    );
    commands.dispatch(
      sumRunsShader,
      { partial, total: buffer },
      [[runs, columns]],
      [sumRunsGroups(columns)],
    );
    return tensor;
  });
}
