import type { RecurrentAttrs } from '../spec/recurrent.ts';
import { activationFunctions } from './activations.wgsl.ts';
import { lanesOf } from './lanes.wgsl.ts';
import type { Plan } from './plan.ts';
import { declareBindings } from './shader.ts';
import type { Binding } from './shader.ts';

/** What makes one recurrent shader differ from another. */
export interface SequenceOptions {
  readonly plan: Plan;
  readonly attrs: RecurrentAttrs;
  readonly masked: boolean;
  /** Factors of the previous state stand in `state`, in {@link DROPOUT_BLOCK}. */
  readonly dropped: boolean;
}

/** Where `state` holds the factors of recurrent dropout: behind all that either shader keeps there. */
export const DROPOUT_BLOCK = 3;

/** Tells recurrent shaders apart. The attributes may carry what a caller added: it doesn't count. */
export function sequenceKey({ plan, attrs, masked, dropped }: SequenceOptions): string {
  const { cell, activation, recurrentActivation, resetAfter, goBackwards } = attrs;
  const { units, threads, lanes, weights } = plan;
  const kind = [cell, activation, recurrentActivation, resetAfter, goBackwards];
  const options = [masked ? 'masked' : 'unmasked', dropped ? 'dropped' : 'whole'];
  return [...kind, units, threads, lanes, weights, ...options].join(' ');
}

/** The uniform block of both recurrent shaders: the batch, and the chunk of the sequence to run. */
export const CHUNK_FIELDS = ['batch', 'steps', 'first', 'count'];

/** Text that every recurrent shader is put together from. Indices are WGSL expressions. */
export interface SequenceText {
  /** An array's elements in the lanes' timestep: `array[n * width + index]`. */
  at(array: string, width: string, index: string): string;
  /** Statements that store a value there. */
  put(array: string, width: string, index: string, value: string): string;
  /** An element of a [blocks, batch, units] state that the shader starts and ends with. */
  state(block: number, unit: string): string;
  putState(block: number, unit: string, value: string): string;
  /** What dropout leaves of a value of the state at `unit`: the value itself without dropout. */
  drop(value: string): string;
  /** A value at steps that count, another at masked ones. */
  keep(value: string, masked: string): string;
  /** A loop of the workgroup's threads over `unit`. */
  units(body: string): string;
  /** A loop of the workgroup's threads over `column`, of some gates. */
  columns(fromGate: number, toGate: number, body: string): string;
}

export function sequenceText({ plan, masked, dropped }: SequenceOptions): SequenceText {
  const lanes = lanesOf(plan);
  const place = (block: number, unit: string) => (lane: number) =>
    `(${block}u * parameters.batch + row${lane}) * UNITS + ${unit}`;
  const offset = (width: string, index: string) => (lane: number) =>
    `n${lane} * ${width} + ${index}`;
  const state = (block: number, unit: string): string =>
    lanes.gather((lane) => `state[${place(block, unit)(lane)}]`);
  return {
    at: (array, width, index) => lanes.gather((lane) => `${array}[${offset(width, index)(lane)}]`),
    put: (array, width, index, value) => lanes.scatter(array, offset(width, index), value),
    state,
    putState: (block, unit, value) => lanes.scatter('state', place(block, unit), value),
    drop: (value) => (dropped ? `(${value}) * ${state(DROPOUT_BLOCK, 'unit')}` : value),
    keep: (value, otherwise) => (masked ? `select(${otherwise}, ${value}, counts)` : value),
    units: (body) => `for (var unit = thread; unit < UNITS; unit += THREADS) {\n${body}\n}`,
    columns: (fromGate, toGate, body) => {
      const [from, to] = [`${fromGate}u * UNITS`, `${toGate}u * UNITS`];
      // In registers a thread holds the weights of one column, the one of its own number.
      return plan.weights === 'registers'
        ? `if (thread >= ${from} && thread < ${to}) {\nlet column = thread;\n${body}\n}`
        : `for (var column = ${from} + thread; column < ${to}; column += THREADS) {\n${body}\n}`;
    },
  };
}

/** The parts of a recurrent shader that the frame is filled with. */
export interface SequenceParts {
  readonly bindings: readonly Binding[];
  /** Names of the workgroup's arrays of `Lanes`, with their lengths. */
  readonly shared: Readonly<Record<string, string>>;
  /** Statements before the first timestep. */
  readonly start: string;
  /** Statements of one timestep, at position `n` of each lane. */
  readonly step: string;
  /** Statements after the last timestep. */
  readonly finish: string;
  /** Whether the steps of the chunk run from its last to its first. */
  readonly reversed: boolean;
}

/** A whole shader: a workgroup takes some rows of the batch through a chunk of the timesteps. */
export function sequenceShader(options: SequenceOptions, parts: SequenceParts): string {
  const { plan, attrs, masked } = options;
  const lanes = lanesOf(plan);
  const shared = Object.entries(parts.shared).map(
    ([name, length]) => `var<workgroup> ${name}: array<Lanes, ${length}>;`,
  );
  const step = parts.reversed
    ? 'parameters.first + parameters.count - 1u - index'
    : 'parameters.first + index';
  return `
${lanes.alias}
const UNITS = ${plan.units}u;
const COLUMNS = ${plan.columns}u;
const THREADS = ${plan.threads}u;
const LANES = ${plan.lanes}u;

${declareBindings(CHUNK_FIELDS, parts.bindings)}

${shared.join('\n')}
${activationFunctions(attrs)}

@compute @workgroup_size(${plan.threads})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
// The lanes beyond a batch that LANES does not divide repeat its last row.
${lanes.each((lane) => `let row${lane} = min(group.x * LANES + ${lane}u, parameters.batch - 1u);`)}
${parts.start}
workgroupBarrier();
for (var index = 0u; index < parameters.count; index++) {
let step = ${step};
let t = ${attrs.goBackwards ? 'parameters.steps - 1u - step' : 'step'};
${lanes.each((lane) => `let n${lane} = row${lane} * parameters.steps + t;`)}
${masked ? `let counts = ${lanes.gatherBool((lane) => `mask[n${lane}] != 0`)};` : ''}
${parts.step}
}
${parts.finish}
}
`;
}
