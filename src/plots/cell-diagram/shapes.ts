import { GATE_COLORS } from '../colors.ts';

export type CellName = 'SimpleRNN' | 'LSTM' | 'GRU';

/** A vector that the cell computes, drawn as a strip of its units. */
export interface CellNode {
  /** Name in the data. */
  readonly key: string;
  readonly title: string;
  readonly formula: string;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** Colour of a gate. */
  readonly color?: string;
}

/** Points that a wire goes through. It ends in an arrow unless it runs into another wire. */
export interface Wire {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly joins?: true;
}

export interface CellShape {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly CellNode[];
  /** What happens to vectors on their way. */
  readonly joints: readonly { readonly sign: string; readonly x: number; readonly y: number }[];
  readonly wires: readonly Wire[];
}

/** Size of a node, and the room that its texts leave at each side. */
export const NODE = { width: 96, height: 62, padding: 6 } as const;

/** Height of the road along the top, of the gates and of the road along the bottom. */
const [TOP, GATES, BOTTOM] = [40, 184, 290];
const [ABOVE_GATES, BELOW_GATES] = [GATES - NODE.height / 2, GATES + NODE.height / 2];
const [IN, OUT] = [56, 608];
const [AFTER_IN, BEFORE_OUT] = [IN + NODE.width / 2, OUT - NODE.width / 2];
/** Radius of a joint, with the gap before an arrow's tip. */
const JOINT = 15;

const node = (key: string, title: string, formula: string, x: number, y: number): CellNode => ({
  key,
  title,
  formula,
  x,
  y,
  ...(key in GATE_COLORS && { color: GATE_COLORS[key as keyof typeof GATE_COLORS] }),
});

/** A wire through points, each as x and y. */
function wire(...at: readonly number[]): Wire {
  return { points: at.flatMap((x, i) => (i % 2 === 0 ? [[x, at[i + 1]!] as const] : [])) };
}

/** The same, running into another wire. */
const branch = (...at: readonly number[]): Wire => ({ ...wire(...at), joins: true });

/** From the road along the bottom into gates. */
const risers = (...places: readonly number[]): Wire[] =>
  places.map((x) => wire(x, BOTTOM, x, BELOW_GATES));

/** The three cells in the form of Keras's equations (GRU in either form). */
export const CELL_SHAPES: Readonly<Record<CellName, CellShape>> = {
  SimpleRNN: {
    width: 664,
    height: 216,
    nodes: [
      node('h0', 'state before', 'h₋', IN, 56),
      node('x', 'word', 'x·W + b', 260, 176),
      node('h', 'new state', 'h = tanh(Σ)', OUT, 56),
    ],
    joints: [
      { sign: '·U', x: 168, y: 56 },
      { sign: '+', x: 260, y: 56 },
      { sign: 'tanh', x: 400, y: 56 },
    ],
    wires: [
      wire(AFTER_IN, 56, 168 - JOINT, 56),
      wire(168 + JOINT, 56, 260 - JOINT, 56),
      wire(260, 145, 260, 56 + JOINT),
      wire(260 + JOINT, 56, 400 - 1.5 * JOINT, 56),
      wire(400 + 1.5 * JOINT, 56, BEFORE_OUT, 56),
    ],
  },
  LSTM: {
    width: 664,
    height: 326,
    nodes: [
      node('c0', 'cell before', 'c₋', IN, TOP),
      node('h0', 'state before', 'h₋', IN, GATES),
      node('x', 'word', 'x', IN, BOTTOM),
      node('f', 'forget', 'f', 176, GATES),
      node('i', 'input', 'i', 280, GATES),
      node('g', 'candidate', 'g', 384, GATES),
      node('o', 'output', 'o', 488, GATES),
      node('c', 'new cell', 'c = f·c₋ + i·g', OUT, TOP),
      node('h', 'new state', 'h = o·tanh(c)', OUT, GATES),
    ],
    joints: [
      { sign: '×', x: 176, y: TOP },
      { sign: '+', x: 332, y: TOP },
      { sign: '×', x: 332, y: 106 },
      { sign: 'tanh', x: 488, y: 74 },
      { sign: '×', x: 488, y: 116 },
    ],
    wires: [
      wire(AFTER_IN, TOP, 176 - JOINT, TOP),
      wire(176 + JOINT, TOP, 332 - JOINT, TOP),
      wire(332 + JOINT, TOP, BEFORE_OUT, TOP),
      wire(176, ABOVE_GATES, 176, TOP + JOINT),
      wire(280, ABOVE_GATES, 280, 106, 332 - JOINT, 106),
      wire(384, ABOVE_GATES, 384, 106, 332 + JOINT, 106),
      wire(332, 106 - JOINT, 332, TOP + JOINT),
      branch(488, TOP, 488, 62),
      wire(488, 86, 488, 116 - JOINT),
      wire(488, ABOVE_GATES, 488, 116 + JOINT),
      wire(488 + JOINT, 116, OUT, 116, OUT, ABOVE_GATES),
      branch(AFTER_IN, BOTTOM, 488, BOTTOM),
      branch(AFTER_IN, GATES, 116, GATES, 116, BOTTOM),
      ...risers(176, 280, 384, 488),
    ],
  },
  GRU: {
    width: 664,
    height: 326,
    nodes: [
      node('h0', 'state before', 'h₋', IN, TOP),
      node('x', 'word', 'x', IN, BOTTOM),
      node('z', 'update', 'z', 196, GATES),
      node('r', 'reset', 'r', 326, GATES),
      node('g', 'candidate', 'g', 456, GATES),
      node('h', 'new state', 'z·h₋ + (1−z)·g', OUT, TOP),
    ],
    joints: [
      { sign: '×', x: 196, y: TOP },
      { sign: '1−', x: 326, y: 106 },
      { sign: '×', x: 456, y: 106 },
      { sign: '+', x: 456, y: TOP },
    ],
    wires: [
      wire(AFTER_IN, TOP, 196 - JOINT, TOP),
      wire(196 + JOINT, TOP, 456 - JOINT, TOP),
      wire(456 + JOINT, TOP, BEFORE_OUT, TOP),
      wire(196, ABOVE_GATES, 196, TOP + JOINT),
      wire(196, 106, 326 - JOINT, 106),
      wire(326 + JOINT, 106, 456 - JOINT, 106),
      wire(456, ABOVE_GATES, 456, 106 + JOINT),
      wire(456, 106 - JOINT, 456, TOP + JOINT),
      wire(326 + NODE.width / 2, GATES, 456 - NODE.width / 2, GATES),
      branch(AFTER_IN, BOTTOM, 456, BOTTOM),
      branch(122, TOP, 122, BOTTOM),
      ...risers(196, 326, 456),
    ],
  },
};
