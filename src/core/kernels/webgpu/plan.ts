import { GATES, KernelShapeError } from '../spec/recurrent.ts';
import type { CellKind } from '../spec/recurrent.ts';

/** Where the thread that multiplies by a column of the recurrent kernel keeps it over the timesteps. */
export type WeightPlace = 'registers' | 'storage';

/** How a cell of a size runs on a device. Everything here is a constant of the shader. */
export interface Plan {
  readonly units: number;
  /** Gates times units: columns of the recurrent kernel. */
  readonly columns: number;
  /** Threads of a workgroup. */
  readonly threads: number;
  /** Rows of the batch that a workgroup advances together. Each weight it loads serves all of them. */
  readonly lanes: 1 | 2 | 4;
  readonly weights: WeightPlace;
}

export type PlanLimits = Pick<
  GPUSupportedLimits,
  | 'maxComputeWorkgroupStorageSize'
  | 'maxComputeInvocationsPerWorkgroup'
  | 'maxComputeWorkgroupSizeX'
>;

/** More registers than this a thread, and GPUs spill them to memory. */
const MOST_REGISTERS = 64;
const MOST_THREADS = 256;
/** Multiplications in one dispatch: milliseconds on slow GPUs, so that screens stay alive beside it. */
const WORK_PER_DISPATCH = 2 ** 25;

/**
 * Chooses how a cell runs. Small cells keep the recurrent kernel in registers, one column a thread.
 * Larger ones read it from memory at each step, and share what they read between rows of the batch
 * as far as the workgroup's memory goes.
 *
 * @param dropped whether there is recurrent dropout
 *
 * @throws KernelShapeError if even one row's state is too large for a workgroup's memory
 */
export function planRecurrent(
  kernel: string,
  cell: CellKind,
  units: number,
  batch: number,
  limits: PlanLimits,
  dropped = false,
): Plan {
  const columns = GATES[cell] * units;
  const most = Math.min(
    MOST_THREADS,
    limits.maxComputeInvocationsPerWorkgroup,
    limits.maxComputeWorkgroupSizeX,
  );
  if (units <= MOST_REGISTERS && columns <= most) {
    return { units, columns, threads: columns, lanes: 1, weights: 'registers' };
  }
  // Both directions hold a value a column (gates, or their gradients) and at most two a unit, three
  // where the state that a step sees is not the state itself.
  const bytesPerLane = 4 * (columns + (dropped ? 3 : 2) * units);
  const room = Math.floor(limits.maxComputeWorkgroupStorageSize / bytesPerLane);
  if (room < 1) {
    const largest = Math.floor(units * (limits.maxComputeWorkgroupStorageSize / bytesPerLane));
    throw new KernelShapeError(
      kernel,
      'recurrentKernel',
      `has ${units} units, but this GPU holds at most ${largest} of ${cell} in a workgroup`,
    );
  }
  const lanes = room >= 4 && batch > 2 ? 4 : room >= 2 && batch > 1 ? 2 : 1;
  return { units, columns, threads: Math.min(most, columns), lanes, weights: 'storage' };
}

/** The timesteps from `first` on that one dispatch advances, counted in the order of reading. */
export interface Chunk {
  readonly first: number;
  readonly count: number;
}

/** Splits a sequence so that no dispatch keeps the GPU for long: watchdogs end one that takes seconds. */
export function planChunks({ units, columns }: Plan, batch: number, steps: number): Chunk[] {
  const most = Math.max(1, Math.floor(WORK_PER_DISPATCH / (batch * units * columns)));
  return Array.from({ length: Math.ceil(steps / most) }, (_, index) => {
    const first = index * most;
    return { first, count: Math.min(most, steps - first) };
  });
}
