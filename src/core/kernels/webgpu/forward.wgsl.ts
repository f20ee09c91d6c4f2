import type { RecurrentAttrs } from '../spec/recurrent.ts';
import { forwardCell } from './forward-cells.wgsl.ts';
import { lanesOf } from './lanes.wgsl.ts';
import { sumOfProducts } from './sum-of-products.wgsl.ts';
import { sequenceKey, sequenceShader, sequenceText } from './sequence.wgsl.ts';
import type { SequenceOptions } from './sequence.wgsl.ts';
import { reads, writes } from './shader.ts';
import type { Binding, Shader } from './shader.ts';

export interface ForwardOptions extends SequenceOptions {
  /** Whether timesteps share rows of the projections. */
  readonly withRows: boolean;
}

/**
 * The shader of `RecurrentForward`. `weights` holds the recurrent kernel and, for GRU with
 * `resetAfter`, its bias behind it; `state` holds h, then c for LSTM, before the chunk and after it,
 * and with dropout its factors.
 */
export function forwardShader(options: ForwardOptions): Shader {
  const { attrs, masked, withRows } = options;
  const bindings = bindingsOf(attrs, masked, withRows);
  return {
    label: `recurrent-forward ${sequenceKey(options)} ${withRows ? 'rows' : 'dense'}`,
    buffers: bindings.map(({ name }) => name),
    code: () => forwardCode(options, bindings),
  };
}

function forwardCode(options: ForwardOptions, bindings: readonly Binding[]): string {
  const { plan, attrs, withRows, dropped } = options;
  const lanes = lanesOf(plan);
  const text = sequenceText(options);
  const { state, putState } = text;
  const projectionRow = (lane: number): string => (withRows ? `u32(rows[n${lane}])` : `n${lane}`);
  const isLstm = attrs.cell === 'LSTM';
  const see = dropped ? `seen[unit] = ${text.drop('h[unit]')};` : '';
  return sequenceShader(options, {
    bindings,
    shared: {
      h: 'UNITS',
      ...(dropped ? { seen: 'UNITS' } : {}),
      ...(isLstm ? { c: 'UNITS' } : {}),
      z: 'COLUMNS',
    },
    start: [
      ...registers(options),
      text.units(`h[unit] = ${state(0, 'unit')};
${see}
${isLstm ? `c[unit] = ${state(1, 'unit')};` : ''}`),
    ].join('\n'),
    step: forwardCell(attrs, {
      ...text,
      projection: (column) =>
        lanes.gather((lane) => `projections[${projectionRow(lane)} * COLUMNS + ${column}]`),
      product: (source) => productText(options, source),
      seen: (unit) => `${dropped ? 'seen' : 'h'}[${unit}]`,
      see,
    }),
    finish: text.units(`${putState(0, 'unit', 'h[unit]')}
${isLstm ? putState(1, 'unit', 'c[unit]') : ''}`),
    reversed: false,
  });
}

/** At most 8, what WebGPU promises a shader. */
function bindingsOf(attrs: RecurrentAttrs, masked: boolean, withRows: boolean): Binding[] {
  const { cell, resetAfter } = attrs;
  return [
    reads('projections'),
    ...(withRows ? [reads('rows', 'i32')] : []),
    reads('weights'),
    ...(masked ? [reads('mask', 'i32')] : []),
    writes('state'),
    writes('hidden'),
    ...(cell === 'LSTM' ? [writes('cells')] : []),
    ...(cell === 'SimpleRNN' ? [] : [writes('gates')]),
    ...(cell === 'GRU' && resetAfter ? [writes('inner')] : []),
  ];
}

function registers({ plan }: ForwardOptions): string[] {
  if (plan.weights === 'storage') return [];
  return Array.from(
    { length: plan.units },
    (_, k) => `let w${k} = weights[${k}u * COLUMNS + thread];`,
  );
}

/** Statements that make `sum` the product of a state vector with the thread's `column`. */
function productText({ plan }: ForwardOptions, source: (unit: string) => string): string {
  if (plan.weights === 'storage') {
    return `var sum = Lanes(0.0);
for (var k = 0u; k < UNITS; k++) { sum += weights[k * COLUMNS + column] * ${source('k')}; }`;
  }
  return `let sum = ${sumOfProducts(plan.units, (k) => `w${k} * ${source(`${k}u`)}`)};`;
}
