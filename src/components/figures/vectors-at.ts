import type { CellName } from '../../plots/cell-diagram/shapes.ts';
import type { CellVectors } from '../../plots/cell-diagram.ts';

/** What a network does at each timestep of a review. Values row-major by timestep. */
export interface Reading {
  readonly cell: CellName;
  readonly units: number;
  readonly h: readonly number[];
  /** Empty but for LSTM. */
  readonly c: readonly number[];
  /** Empty for SimpleRNN. */
  readonly gates: readonly number[];
  /** The words' vectors. */
  readonly vectors: readonly number[];
  readonly logits: readonly number[];
}

/** Names of the gates in the order in which Keras keeps them. */
const GATE_NAMES: Readonly<Record<CellName, readonly string[]>> = {
  SimpleRNN: [],
  LSTM: ['i', 'f', 'g', 'o'],
  GRU: ['z', 'r', 'g'],
};

/** The vectors of one timestep, by the names that the diagram of the cell gives them. */
export function vectorsAt(reading: Reading, step: number): CellVectors {
  const { cell, units, h, c, gates, vectors, logits } = reading;
  const names = GATE_NAMES[cell];
  const size = vectors.length / logits.length;
  const at = (values: readonly number[], t: number): number[] =>
    t < 0 ? Array.from({ length: units }, () => 0) : values.slice(t * units, (t + 1) * units);
  return {
    x: vectors.slice(step * size, (step + 1) * size),
    h0: at(h, step - 1),
    h: at(h, step),
    ...(cell === 'LSTM' && { c0: at(c, step - 1), c: at(c, step) }),
    ...Object.fromEntries(names.map((name, i) => [name, at(gates, step * names.length + i)])),
  };
}
