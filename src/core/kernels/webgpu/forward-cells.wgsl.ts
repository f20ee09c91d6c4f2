import type { RecurrentAttrs } from '../spec/recurrent.ts';
import type { SequenceText } from './sequence.wgsl.ts';

/** Text for one forward timestep. */
export interface ForwardText extends SequenceText {
  /** The timestep's projection at a column. */
  projection(column: string): string;
  /** Statements that declare `sum`, a state vector times the recurrent kernel's `column`. */
  product(source: (unit: string) => string): string;
  /** The state of a unit as the step sees it: dropped in part where there is dropout. */
  seen(unit: string): string;
  /** Statements that keep what the next step will see of `h[unit]`. */
  readonly see: string;
}

const BARRIER = 'workgroupBarrier();';

/**
 * WGSL of one timestep, which leaves the new state in `h` (and `c`). Columns of the recurrent kernel
 * are spread over the threads, then units. The barrier at the end lets the next timestep read `h`.
 */
export function forwardCell(attrs: RecurrentAttrs, text: ForwardText): string {
  if (attrs.cell === 'LSTM') return lstm(text);
  if (attrs.cell === 'SimpleRNN') return simpleRnn(text);
  return attrs.resetAfter ? gruResetAfter(text) : gruResetBefore(text);
}

function simpleRnn({
  columns,
  units,
  product,
  projection,
  keep,
  put,
  seen,
  see,
}: ForwardText): string {
  return `
${columns(
  0,
  1,
  `let x = ${projection('column')};
${product(seen)}
z[column] = activate(x + sum);`,
)}
${BARRIER}
${units(`h[unit] = ${keep('z[unit]', 'h[unit]')};
${see}
${put('hidden', 'UNITS', 'unit', 'h[unit]')}`)}
${BARRIER}`;
}

/** Gates: input, forget, candidate, output (Hochreiter & Schmidhuber 1997; Gers et al. 2000). */
function lstm({ columns, units, product, projection, keep, put, seen, see }: ForwardText): string {
  return `
${columns(
  0,
  4,
  `let x = ${projection('column')};
${product(seen)}
var gate: Lanes;
if (column / UNITS == 2u) { gate = activate(x + sum); } else { gate = activateGate(x + sum); }
z[column] = gate;
${put('gates', 'COLUMNS', 'column', keep('gate', 'Lanes(0.0)'))}`,
)}
${BARRIER}
${units(`let cell = z[UNITS + unit] * c[unit] + z[unit] * z[2u * UNITS + unit];
let hiddenNow = z[3u * UNITS + unit] * activate(cell);
c[unit] = ${keep('cell', 'c[unit]')};
h[unit] = ${keep('hiddenNow', 'h[unit]')};
${see}
${put('cells', 'UNITS', 'unit', 'c[unit]')}
${put('hidden', 'UNITS', 'unit', 'h[unit]')}`)}
${BARRIER}`;
}

/** Gates: update, reset, candidate (Cho et al. 2014): the reset gate acts on the state. */
function gruResetBefore({
  columns,
  product,
  projection,
  keep,
  put,
  seen,
  see,
}: ForwardText): string {
  return `
${columns(
  0,
  2,
  `let x = ${projection('column')};
${product(seen)}
let gate = activateGate(x + sum);
if (column < UNITS) { z[column] = gate; } else { z[column] = gate * ${seen('column - UNITS')}; }
${put('gates', 'COLUMNS', 'column', keep('gate', 'Lanes(0.0)'))}`,
)}
${BARRIER}
${columns(
  2,
  3,
  `let unit = column - 2u * UNITS;
let x = ${projection('column')};
${product((unit) => `z[UNITS + ${unit}]`)}
let candidate = activate(x + sum);
let hiddenNow = z[unit] * ${seen('unit')} + (1.0 - z[unit]) * candidate;
h[unit] = ${keep('hiddenNow', 'h[unit]')};
${see}
${put('gates', 'COLUMNS', 'column', keep('candidate', 'Lanes(0.0)'))}
${put('hidden', 'UNITS', 'unit', 'h[unit]')}`,
)}
${BARRIER}`;
}

/** The reset gate acts on the matrix product, which has a bias of its own (Keras's `reset_after`). */
function gruResetAfter({
  columns,
  units,
  product,
  projection,
  keep,
  put,
  seen,
  see,
}: ForwardText): string {
  return `
${columns(
  0,
  3,
  `let x = ${projection('column')};
${product(seen)}
let own = sum + weights[UNITS * COLUMNS + column];
if (column < 2u * UNITS) {
let gate = activateGate(x + own);
z[column] = gate;
${put('gates', 'COLUMNS', 'column', keep('gate', 'Lanes(0.0)'))}
} else {
z[column] = own;
${put('inner', 'UNITS', '(column - 2u * UNITS)', keep('own', 'Lanes(0.0)'))}
}`,
)}
${BARRIER}
${units(`let column = 2u * UNITS + unit;
let candidate = activate(${projection('column')} + z[UNITS + unit] * z[column]);
let hiddenNow = z[unit] * ${seen('unit')} + (1.0 - z[unit]) * candidate;
h[unit] = ${keep('hiddenNow', 'h[unit]')};
${see}
${put('gates', 'COLUMNS', 'column', keep('candidate', 'Lanes(0.0)'))}
${put('hidden', 'UNITS', 'unit', 'h[unit]')}`)}
${BARRIER}`;
}
