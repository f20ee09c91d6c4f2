import { GATES } from '../spec/recurrent.ts';
import type { RecurrentAttrs } from '../spec/recurrent.ts';
import { DEPTH, TILE } from './kernel-gradient-plan.ts';
import type { GateBlock } from './kernel-gradient-plan.ts';
import { declareBindings, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

const THREADS = 64;

/**
 * The gradients of the recurrent kernel and its bias: h₋ᵀ · dz over all timesteps and rows of the
 * batch, where h₋ is what dropout leaves of the state. The bias counts as one more unit that is
 * always 1. With `resetAfter`, GRU's reset gate multiplies the candidate's dz. Each workgroup sums a
 * tile of the result over one run of positions; a second shader adds up the runs, in a fixed order.
 */
export function kernelGradientShader(
  attrs: RecurrentAttrs,
  units: number,
  block: GateBlock,
  dropped: boolean,
): Shader {
  const { cell, resetAfter, goBackwards } = attrs;
  const biased = cell === 'GRU' && resetAfter;
  const bindings = [
    reads('hidden'),
    reads('initial'),
    reads('gateGradient'),
    ...(biased || block.reset ? [reads('gates')] : []),
    ...(dropped ? [reads('dropout')] : []),
    writes('partial'),
  ];
  const reset = (unit: string): string => `gates[n * COLUMNS + UNITS + ${unit}]`;
  const four = (call: (offset: string) => string): string =>
    `vec4(${['', ' + 1u', ' + 2u', ' + 3u'].map(call).join(', ')})`;
  const code = (): string => `
const UNITS = ${units}u;
const COLUMNS = ${GATES[cell] * units}u;
const FROM = ${block.fromGate * units}u;
const TO = ${block.toGate * units}u;
const HEIGHT = ${units + (biased ? 1 : 0)}u;
const TILE = ${TILE}u;
const DEPTH = ${DEPTH}u;

${declareBindings(['steps', 'positions', 'depth'], bindings)}

// Four neighbours at a time.
var<workgroup> left: array<vec4<f32>, ${(TILE * DEPTH) / 4}>;
var<workgroup> right: array<vec4<f32>, ${(TILE * DEPTH) / 4}>;

// The previous state of position n = row · steps + t at a unit.
fn previous(n: u32, unit: u32) -> f32 {
if (unit >= UNITS) { return select(0.0, 1.0, unit < HEIGHT); }
let t = n % parameters.steps;
var value: f32;
if (t == ${goBackwards ? 'parameters.steps - 1u' : '0u'}) { value = initial[n / parameters.steps * UNITS + unit]; }
else { value = hidden[(n ${goBackwards ? '+' : '-'} 1u) * UNITS + unit]; }
${dropped ? 'value *= dropout[n / parameters.steps * UNITS + unit];' : ''}
${block.reset ? `value *= ${reset('unit')};` : ''}
return value;
}

fn gradient(n: u32, column: u32) -> f32 {
if (column >= TO) { return 0.0; }
var value = gateGradient[n * COLUMNS + column];
${biased ? `if (column >= 2u * UNITS) { value *= ${reset('column - 2u * UNITS')}; }` : ''}
return value;
}

@compute @workgroup_size(${THREADS})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
let firstColumn = FROM + group.x * TILE;
let firstUnit = group.y * TILE;
let own = vec2(thread % 8u, thread / 8u);
let end = min((group.z + 1u) * parameters.depth, parameters.positions);
var sum0 = vec4<f32>();
var sum1 = vec4<f32>();
var sum2 = vec4<f32>();
var sum3 = vec4<f32>();
for (var base = group.z * parameters.depth; base < end; base += DEPTH) {
for (var i = thread; i < TILE / 4u * DEPTH; i += ${THREADS}u) {
let n = base + i / (TILE / 4u);
let place = i % (TILE / 4u) * 4u;
var l = vec4<f32>();
var r = vec4<f32>();
if (n < end) {
let unit = firstUnit + place;
l = ${four((offset) => `previous(n, unit${offset})`)};
let column = firstColumn + place;
r = ${four((offset) => `gradient(n, column${offset})`)};
}
left[i] = l;
right[i] = r;
}
workgroupBarrier();
for (var k = 0u; k < DEPTH; k++) {
let l = left[k * (TILE / 4u) + own.y];
let r = right[k * (TILE / 4u) + own.x];
sum0 += l.x * r;
sum1 += l.y * r;
sum2 += l.z * r;
sum3 += l.w * r;
}
workgroupBarrier();
}
var sums = array<vec4<f32>, 4>(sum0, sum1, sum2, sum3);
for (var i = 0u; i < 4u; i++) {
for (var j = 0u; j < 4u; j++) {
let unit = firstUnit + own.y * 4u + i;
let column = firstColumn + own.x * 4u + j;
if (unit < HEIGHT && column < TO) {
partial[(group.z * HEIGHT + unit) * COLUMNS + column] = sums[i][j];
}
}
}
}
`;
  const label = `kernel-gradient ${[cell, resetAfter, goBackwards, units, block.fromGate, dropped].join(' ')}`;
  return { label, buffers: bindings.map(({ name }) => name), code };
}
