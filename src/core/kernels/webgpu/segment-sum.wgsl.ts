import { declareBindings, links, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

const SIZE = 64;
/** Columns that a workgroup sums: some a thread, which share the way along the string. */
const COLUMNS_PER_THREAD = 4;
/** WebGPU promises 65,535 workgroups along an axis. */
const MOST_ALONG_AXIS = 32_768;

export const linkGroups = (positions: number): [x: number] => [Math.ceil(positions / SIZE)];

/** @param places segments or positions, whatever a workgroup takes */
export const segmentSumGroups = (
  places: number,
  columns: number,
): [x: number, y: number, z: number] => [
  Math.min(places, MOST_ALONG_AXIS),
  Math.ceil(places / MOST_ALONG_AXIS),
  Math.ceil(columns / (SIZE * COLUMNS_PER_THREAD)),
];

/**
 * Strings the positions with the same id together, within blocks of positions: `first` (per block and
 * segment) and `next` (per position) hold the index of a position + 1, or 0. `first` has to be zeros
 * before. No atomics: what belongs together comes out in order, so that sums over it are the same on
 * every run.
 *
 * @param masked leave out positions whose mask is 0
 */
export function linkShader(masked: boolean): Shader {
  const bindings = [
    reads('ids', 'i32'),
    ...(masked ? [reads('mask', 'i32')] : []),
    links('first'),
    links('next'),
  ];
  const code = (): string => `
${declareBindings(['positions', 'block', 'segments'], bindings)}

fn belongs(n: u32, segment: i32) -> bool {
return ids[n] == segment${masked ? ' && mask[n] != 0' : ''};
}

@compute @workgroup_size(${SIZE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
let n = id.x;
if (n >= parameters.positions) { return; }
let segment = ids[n];
if (segment < 0 || u32(segment) >= parameters.segments || !belongs(n, segment)) { return; }
let block = n / parameters.block;
let start = block * parameters.block;
let end = min(start + parameters.block, parameters.positions);
var seen = false;
for (var m = start; m < n && !seen; m++) { seen = belongs(m, segment); }
if (!seen) { first[block * parameters.segments + u32(segment)] = i32(n) + 1; }
var found = 0;
for (var m = n + 1u; m < end && found == 0; m++) {
if (belongs(m, segment)) { found = i32(m) + 1; }
}
next[n] = found;
}
`;
  return {
    label: `segment-link masked=${masked}`,
    buffers: bindings.map(({ name }) => name),
    code,
  };
}

const JOIN_BUFFERS = [reads('ids', 'i32'), reads('first', 'i32'), links('next'), links('head')];

/**
 * Ties the strings of a segment together across the blocks. `head` (per segment, zeros
 * before) gets the first position + 1. The same positions are left out as in {@link linkShader}:
 * none of them is the first of its segment.
 */
export const joinShader: Shader = {
  label: 'segment-join',
  buffers: JOIN_BUFFERS.map(({ name }) => name),
  code: () => `
${declareBindings(['positions', 'block', 'segments'], JOIN_BUFFERS)}

@compute @workgroup_size(${SIZE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
let n = id.x;
if (n >= parameters.positions) { return; }
let segment = ids[n];
if (segment < 0 || u32(segment) >= parameters.segments) { return; }
let block = n / parameters.block;
if (first[block * parameters.segments + u32(segment)] != i32(n) + 1) { return; }
var earlier = 0;
for (var other = 0u; other < block && earlier == 0; other++) {
earlier = first[other * parameters.segments + u32(segment)];
}
if (earlier == 0) { head[segment] = i32(n) + 1; }
let blocks = (parameters.positions + parameters.block - 1u) / parameters.block;
var later = 0;
for (var other = block + 1u; other < blocks && later == 0; other++) {
later = first[other * parameters.segments + u32(segment)];
}
var last = n;
while (next[last] > 0) { last = u32(next[last]) - 1u; }
next[last] = later;
}
`,
};

const OWN_COLUMNS = Array.from({ length: COLUMNS_PER_THREAD }, (_, index) => index);
const eachColumn = (text: (index: number) => string): string => OWN_COLUMNS.map(text).join('\n');

/** What a workgroup of the sum takes: a segment, or a position that may be the head of one. */
export type SumBy = 'segment' | 'position';

const START = {
  segment: `let segment = place;
if (segment >= parameters.segments) { return; }`,
  position: `if (place >= parameters.positions) { return; }
let segment = u32(ids[place]);
// A negative id is a large segment.
if (segment >= parameters.segments || head[segment] != i32(place) + 1) { return; }`,
};

/**
 * Adds up the rows of `values` by segment, along the strings. By position, segments without one keep
 * what `total` held.
 */
export function segmentSumShader(by: SumBy): Shader {
  const bindings = [
    ...(by === 'position' ? [reads('ids', 'i32')] : []),
    reads('head', 'i32'),
    reads('next', 'i32'),
    reads('values'),
    writes('total'),
  ];
  const code = (): string => `
${declareBindings(['segments', 'columns', 'positions'], bindings)}

@compute @workgroup_size(${SIZE})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_index) thread: u32,
) {
let place = group.y * ${MOST_ALONG_AXIS}u + group.x;
${START[by]}
let column = group.z * ${SIZE * COLUMNS_PER_THREAD}u + thread;
// Columns beyond the last add up the last one, and keep the sum to themselves.
${eachColumn((index) => `let column${index} = min(column + ${index * SIZE}u, parameters.columns - 1u);`)}
${eachColumn((index) => `var sum${index} = 0.0;`)}
var n = head[segment];
while (n > 0) {
let start = u32(n - 1) * parameters.columns;
${eachColumn((index) => `sum${index} += values[start + column${index}];`)}
n = next[n - 1];
}
let out = segment * parameters.columns;
${eachColumn((index) => `if (column + ${index * SIZE}u < parameters.columns) { total[out + column${index}] = sum${index}; }`)}
}
`;
  return { label: `segment-sum by ${by}`, buffers: bindings.map(({ name }) => name), code };
}
