import type { RecurrentAttrs } from '../spec/recurrent.ts';
import { backwardCell } from './backward-cells.wgsl.ts';
import { sumOfProducts } from './sum-of-products.wgsl.ts';
import { lanesOf } from './lanes.wgsl.ts';
import type { Plan } from './plan.ts';
import { sequenceKey, sequenceShader, sequenceText } from './sequence.wgsl.ts';
import type { SequenceOptions, SequenceText } from './sequence.wgsl.ts';
import { reads, writes } from './shader.ts';
import type { Binding, Shader } from './shader.ts';

/**
 * The shader of `RecurrentBackward`'s way back through time. `weights` holds the recurrent kernel
 * transposed. `sequence` is what the cell's equations need of the forward pass: c for LSTM, else h.
 * `state` holds that sequence's initial value, the gradient that goes back to the previous h, and
 * for LSTM the one that goes back to the previous c; with dropout its factors. `hiddenGradient` and
 * `cellGradient` hold the gradients from outside, and then the whole ones.
 */
export function backwardShader(options: SequenceOptions): Shader {
  const bindings = bindingsOf(options.attrs, options.masked);
  return {
    label: `recurrent-backward ${sequenceKey(options)}`,
    buffers: bindings.map(({ name }) => name),
    code: () => backwardCode(options, bindings),
  };
}

function backwardCode(options: SequenceOptions, bindings: readonly Binding[]): string {
  const { plan, attrs } = options;
  const lanes = lanesOf(plan);
  const text = sequenceText(options);
  const { state, putState } = text;
  const isLstm = attrs.cell === 'LSTM';
  const inRegisters = plan.weights === 'registers';
  const incoming = incomingText(plan, text);
  const before = (lane: number): string =>
    `sequence[(n${lane} ${attrs.goBackwards ? '+' : '-'} 1u) * UNITS + unit]`;
  return sequenceShader(options, {
    bindings,
    shared: {
      carry: 'UNITS',
      ...(isLstm ? { cellCarry: 'UNITS' } : {}),
      dz: 'COLUMNS',
      ...(inRegisters ? { part: 'COLUMNS' } : {}),
    },
    start: [
      ...(inRegisters ? registers(plan.units) : []),
      text.units(`carry[unit] = ${state(1, 'unit')};
${isLstm ? `cellCarry[unit] = ${state(2, 'unit')};` : ''}`),
    ].join('\n'),
    step: backwardCell(attrs, {
      ...text,
      incoming,
      previous: `var before = ${state(0, 'unit')};
if (step > 0u) { before = ${lanes.gather(before)}; }
${options.dropped && !isLstm ? `before = ${text.drop('before')};` : ''}`,
      eachSum: (fromGate, toGate, body) => sumText(plan, text, fromGate, toGate, body),
      sendBack: inRegisters ? 'part[column] = sum;' : `carry[unit] += ${text.drop('sum')};`,
    }),
    finish: text.units(`${putState(1, 'unit', `(${incoming})`)}
${isLstm ? putState(2, 'unit', 'cellCarry[unit]') : ''}`),
    reversed: true,
  });
}

/** In registers, a thread sums over one gate: what goes back to a unit is then still in parts. */
function incomingText(plan: Plan, { drop }: SequenceText): string {
  if (plan.weights === 'storage') return 'carry[unit]';
  const gates = plan.columns / plan.units;
  const parts = Array.from({ length: gates }, (_, gate) => `part[${gate}u * UNITS + unit]`);
  return `carry[unit] + ${drop(parts.join(' + '))}`;
}

/** A loop over units in which `sum` is `dz` of some gates times the transposed kernel. */
function sumText(
  plan: Plan,
  text: SequenceText,
  fromGate: number,
  toGate: number,
  body: string,
): string {
  if (plan.weights === 'storage') {
    return text.units(`var sum = Lanes(0.0);
for (var column = ${fromGate}u * UNITS; column < ${toGate}u * UNITS; column++) {
sum += weights[column * UNITS + unit] * dz[column];
}
${body}`);
  }
  const product = sumOfProducts(plan.units, (k) => `w${k} * dz[base + ${k}u]`);
  return text.columns(
    fromGate,
    toGate,
    `let unit = column % UNITS;
let base = column - unit;
let sum = ${product};
${body}`,
  );
}

/** At most 8, what WebGPU promises a shader. */
function bindingsOf({ cell, resetAfter }: RecurrentAttrs, masked: boolean): Binding[] {
  return [
    reads('weights'),
    reads('sequence'),
    ...(cell === 'SimpleRNN' ? [] : [reads('gates')]),
    ...(cell === 'GRU' && resetAfter ? [reads('inner')] : []),
    ...(masked ? [reads('mask', 'i32')] : []),
    writes('state'),
    writes('hiddenGradient'),
    ...(cell === 'LSTM' ? [writes('cellGradient')] : []),
    writes('gateGradient'),
  ];
}

const registers = (units: number): string[] => [
  'let ownUnit = thread % UNITS;',
  'let ownGate = thread - ownUnit;',
  ...Array.from(
    { length: units },
    (_, k) => `let w${k} = weights[(ownGate + ${k}u) * UNITS + ownUnit];`,
  ),
];
