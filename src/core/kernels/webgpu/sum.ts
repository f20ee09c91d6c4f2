import type * as tf from '@tensorflow/tfjs';
import type { WebgpuBackend } from './backend.ts';
import { columnRuns, columnSumGroups, columnSumShader } from './column-sum.wgsl.ts';
import { runCommands } from './commands.ts';
import { replaceKernel } from './replace-kernel.ts';
import { sumRunsGroups, sumRunsShader } from './sum-runs.wgsl.ts';

const KERNEL = 'Sum';
/** Workgroups along an axis that WebGPU promises, times the rows or columns that each takes. */
const MOST = 65_535 * 64;

/** Inputs and attributes of tfjs's kernel. */
interface Arguments {
  readonly x: tf.TensorInfo;
  /** null: all axes. */
  readonly axis: number | readonly number[] | null;
  readonly keepDims: boolean;
}

/**
 * Replaces TensorFlow.js's `Sum` for one case on the `webgpu` backend: over the leading axes, as the
 * gradient of a bias takes it over rows and timesteps. The stock kernel transposes its input for
 * that, and sums each column in one workgroup.
 */
export function registerSumWebgpu(): void {
  replaceKernel<Arguments>(KERNEL, isOurs, sumColumns);
}

function isOurs({ x, axis, keepDims }: Arguments): boolean {
  if (axis === null || keepDims || x.dtype !== 'float32') return false;
  const axes = [axis].flat();
  const leading = axes.every((value, index) => value === index) && axes.length < x.shape.length;
  if (!leading || axes.length === 0 || x.shape.includes(0)) return false;
  const { rows, columns } = asMatrix(x, axes.length);
  return rows <= MOST && columns <= MOST;
}

/** A tensor whose first axes count as rows, the others as columns. */
const asMatrix = ({ shape }: tf.TensorInfo, axes: number): { rows: number; columns: number } => ({
  rows: sizeOf(shape.slice(0, axes)),
  columns: sizeOf(shape.slice(axes)),
});

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

function sumColumns(backend: WebgpuBackend, { x, axis }: Arguments): tf.TensorInfo {
  const axes = [axis].flat().length;
  const { rows, columns } = asMatrix(x, axes);
  return runCommands(backend, KERNEL, (commands) => {
    const runs = columnRuns(rows);
    const partial = commands.scratch(runs * columns);
    const { tensor, buffer } = commands.output(x.shape.slice(axes));
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
