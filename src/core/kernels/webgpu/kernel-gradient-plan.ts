import { GATES } from '../spec/recurrent.ts';
import type { RecurrentAttrs } from '../spec/recurrent.ts';

/** Side of the block of the result that one workgroup makes. */
export const TILE = 32;
/** Timesteps that a workgroup holds at once. */
export const DEPTH = 16;
/** Workgroups to aim for: enough to fill a large GPU. */
const WORKGROUPS = 256;

const ceilDivide = (a: number, b: number): number => Math.ceil(a / b);

/** How the gradient of the recurrent kernel is split over workgroups. */
export interface GradientPlan {
  /** Partial sums, each over a run of positions (timesteps of single rows of the batch). */
  readonly splits: number;
  /** Positions in one run. */
  readonly depth: number;
}

/** @param height rows of the result: the units, and one more for a bias */
export function planGradient(height: number, columns: number, positions: number): GradientPlan {
  const tiles = ceilDivide(columns, TILE) * ceilDivide(height, TILE);
  const wanted = Math.min(ceilDivide(WORKGROUPS, tiles), ceilDivide(positions, 8 * DEPTH));
  const depth = ceilDivide(ceilDivide(positions, wanted), DEPTH) * DEPTH;
  return { splits: ceilDivide(positions, depth), depth };
}

/** Some of the gates: their columns of the recurrent kernel are multiplied by the same state. */
export interface GateBlock {
  readonly fromGate: number;
  readonly toGate: number;
  /** The state goes through the reset gate first. */
  readonly reset: boolean;
}

/** The gates of a cell, in blocks: one, but for GRU's candidate if the reset gate acts on the state. */
export function gateBlocks({ cell, resetAfter }: RecurrentAttrs): GateBlock[] {
  if (cell !== 'GRU' || resetAfter) return [{ fromGate: 0, toGate: GATES[cell], reset: false }];
  return [
    { fromGate: 0, toGate: 2, reset: false },
    { fromGate: 2, toGate: 3, reset: true },
  ];
}

/** Workgroups for a block. */
export const gradientGroups = (
  { fromGate, toGate }: GateBlock,
  units: number,
  height: number,
  { splits }: GradientPlan,
): [x: number, y: number, z: number] => [
  ceilDivide((toGate - fromGate) * units, TILE),
  ceilDivide(height, TILE),
  splits,
];
