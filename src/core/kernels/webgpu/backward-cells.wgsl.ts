import type { RecurrentAttrs } from '../spec/recurrent.ts';
import type { SequenceText } from './sequence.wgsl.ts';

/** Text for one timestep back. */
export interface BackwardText extends SequenceText {
  /** What came back to `unit`'s h from the timestep after this one. */
  readonly incoming: string;
  /** Statements that declare `before`, the previous value of the sequence at `unit`. */
  readonly previous: string;
  /**
   * A loop over `unit` (and parts of the gates) in which `sum` is the gradients `dz` of some gates
   * times the recurrent kernel, transposed.
   */
  eachSum(fromGate: number, toGate: number, body: string): string;
  /** A statement that adds `sum` to what goes back to the previous h. */
  readonly sendBack: string;
}

const BARRIER = 'workgroupBarrier();';

/**
 * WGSL of one timestep back: the whole gradients of h (and c), the gradients `dz` of the gates
 * before activation, and what goes back to the previous state (`carry`, besides the matrix product).
 */
export function backwardCell(attrs: RecurrentAttrs, text: BackwardText): string {
  if (attrs.cell === 'LSTM') return lstm(text);
  if (attrs.cell === 'SimpleRNN') return simpleRnn(text);
  return attrs.resetAfter ? gruResetAfter(text) : gruResetBefore(text);
}

/** Statements that make `dh` the whole gradient of h at `unit`, and keep it. */
const wholeGradient = ({ at, put, incoming }: BackwardText): string =>
  `let dh = ${at('hiddenGradient', 'UNITS', 'unit')} + ${incoming};
${put('hiddenGradient', 'UNITS', 'unit', 'dh')}`;

/** An activated gate at `unit`. */
const gateAt = ({ at }: BackwardText, gate: number): string =>
  at('gates', 'COLUMNS', `${gate}u * UNITS + unit`);

/** Statements that store a gate's gradient for later sums and for the projections. */
function putGate({ keep, put }: BackwardText, gate: number, value: string): string {
  const column = `${gate}u * UNITS + unit`;
  return `dz[${column}] = ${keep(value, 'Lanes(0.0)')};
${put('gateGradient', 'COLUMNS', column, `dz[${column}]`)}`;
}

function simpleRnn(text: BackwardText): string {
  const { units, at, keep, eachSum, sendBack } = text;
  return `
${units(`${wholeGradient(text)}
let now = ${at('sequence', 'UNITS', 'unit')};
${putGate(text, 0, 'dh * slope(now)')}
carry[unit] = ${keep('Lanes(0.0)', 'dh')};`)}
${BARRIER}
${eachSum(0, 1, sendBack)}
${BARRIER}`;
}

function lstm(text: BackwardText): string {
  const { units, at, put, keep, previous, eachSum, sendBack } = text;
  return `
${units(`${wholeGradient(text)}
${previous}
let i = ${gateAt(text, 0)};
let f = ${gateAt(text, 1)};
let g = ${gateAt(text, 2)};
let o = ${gateAt(text, 3)};
let y = activate(${at('sequence', 'UNITS', 'unit')});
let passing = ${at('cellGradient', 'UNITS', 'unit')} + cellCarry[unit];
let dc = ${keep('passing + dh * o * slope(y)', 'passing')};
${put('cellGradient', 'UNITS', 'unit', 'dc')}
${putGate(text, 0, 'dc * g * gateSlope(i)')}
${putGate(text, 1, 'dc * before * gateSlope(f)')}
${putGate(text, 2, 'dc * i * slope(g)')}
${putGate(text, 3, 'dh * y * gateSlope(o)')}
cellCarry[unit] = ${keep('dc * f', 'dc')};
carry[unit] = ${keep('Lanes(0.0)', 'dh')};`)}
${BARRIER}
${eachSum(0, 4, sendBack)}
${BARRIER}`;
}

function gruResetBefore(text: BackwardText): string {
  const { units, keep, drop, previous, eachSum, sendBack } = text;
  return `
${units(`${wholeGradient(text)}
${previous}
let z = ${gateAt(text, 0)};
let g = ${gateAt(text, 2)};
${putGate(text, 0, 'dh * (before - g) * gateSlope(z)')}
${putGate(text, 2, 'dh * (1.0 - z) * slope(g)')}
carry[unit] = ${keep(drop('dh * z'), 'dh')};`)}
${BARRIER}
${eachSum(
  2,
  3,
  // `sum` is the gradient of r · h₋.
  `${previous}
let r = ${gateAt(text, 1)};
${putGate(text, 1, 'sum * before * gateSlope(r)')}
carry[unit] += ${drop('sum * r')};`,
)}
${BARRIER}
${eachSum(0, 2, sendBack)}
${BARRIER}`;
}

/** `dz` of the candidate is that of its recurrent part, behind the reset gate. */
function gruResetAfter(text: BackwardText): string {
  const { units, at, put, keep, drop, previous, eachSum, sendBack } = text;
  return `
${units(`${wholeGradient(text)}
${previous}
let z = ${gateAt(text, 0)};
let r = ${gateAt(text, 1)};
let g = ${gateAt(text, 2)};
let candidate = ${keep('dh * (1.0 - z) * slope(g)', 'Lanes(0.0)')};
${putGate(text, 0, 'dh * (before - g) * gateSlope(z)')}
${putGate(text, 1, `candidate * ${at('inner', 'UNITS', 'unit')} * gateSlope(r)`)}
${put('gateGradient', 'COLUMNS', '2u * UNITS + unit', 'candidate')}
dz[2u * UNITS + unit] = candidate * r;
carry[unit] = ${keep(drop('dh * z'), 'dh')};`)}
${BARRIER}
${eachSum(0, 3, sendBack)}
${BARRIER}`;
}
