import { declareBindings, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

/** Rows of the result that a thread makes, and groups of four columns. */
const [ROWS, QUADS] = [8, 2];
/** Threads of a workgroup, by columns and rows. */
const [ACROSS, DOWN] = [4, 16];

/** Which of the factors is read transposed. */
export type Transposed = 'none' | 'left' | 'right';

export interface MatMulOptions {
  readonly transposed: Transposed;
  /** Adds a row to every row of the result. */
  readonly biased: boolean;
}

/** Workgroups for a result of [rows, columns] in so many partial sums. */
export const matMulGroups = (
  rows: number,
  columns: number,
  splits: number,
): [x: number, y: number, z: number] => [
  Math.ceil(columns / (4 * QUADS * ACROSS)),
  Math.ceil(rows / (ROWS * DOWN)),
  splits,
];

const each = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join('\n');
const eachCell = (text: (row: number, quad: number) => string): string =>
  each(ROWS, (row) => each(QUADS, (quad) => text(row, quad)));

/**
 * A product of matrices [rows, depth] · [depth, columns]. The columns are a multiple of four, and so is
 * the depth, or the rows where the left factor is transposed. A thread
 * keeps a tile of the result in registers and reads both factors from memory, without barriers:
 * neighbours share what they read in the cache. A workgroup sums over `run` of the depth; the partial
 * sums stand one behind another.
 */
export function matMulShader({ transposed, biased }: MatMulOptions): Shader {
  const bindings = [
    reads('a', 'vec4<f32>'),
    reads('b', 'vec4<f32>'),
    ...(biased ? [reads('bias', 'vec4<f32>')] : []),
    writes('product', 'vec4<f32>'),
  ];
  const start = (quad: number): string =>
    biased ? `bias[min(column + ${quad}u, quads - 1u)]` : 'vec4<f32>()';
  const code = (): string => `
${declareBindings(['rows', 'columns', 'depth', 'run'], bindings)}

@compute @workgroup_size(${ACROSS}, ${DOWN})
fn main(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(global_invocation_id) id: vec3<u32>,
) {
let quads = parameters.columns / 4u;
let row = id.y * ${ROWS}u;
let column = id.x * ${QUADS}u;
if (row >= parameters.rows || column >= quads) { return; }
let first = group.z * parameters.run;
let end = min(first + parameters.run, parameters.depth);
${eachCell((i, j) => `var sum${i}${j} = ${start(j)};`)}
${LOOPS[transposed]}
${eachCell(
  (i, j) => `if (row + ${i}u < parameters.rows && column + ${j}u < quads) {
product[(group.z * parameters.rows + row + ${i}u) * quads + column + ${j}u] = sum${i}${j};
}`,
)}
}
`;
  const label = `mat-mul ${transposed} ${biased ? 'biased' : 'plain'}`;
  return { label, buffers: bindings.map(({ name }) => name), code };
}

// Beyond the edge, a thread reads the last row or column again.
const ROW = (i: number): string => `min(row + ${i}u, parameters.rows - 1u)`;
const COLUMN = (j: number): string => `min(column + ${j}u, quads - 1u)`;

/** Statements that add up, four of the depth at a time but where the left factor is transposed. */
const LOOPS: Readonly<Record<Transposed, string>> = {
  none: `for (var k = first / 4u; k < end / 4u; k++) {
${each(QUADS, (j) => each(4, (q) => `let b${j}${q} = b[(4u * k + ${q}u) * quads + ${COLUMN(j)}];`))}
${each(ROWS, (i) => `let a${i} = a[${ROW(i)} * (parameters.depth / 4u) + k];`)}
${eachCell((i, j) => `sum${i}${j} += ${each4((q) => `a${i}[${q}] * b${j}${q}`)};`)}
}`,
  right: `for (var k = first / 4u; k < end / 4u; k++) {
${each(QUADS, (j) => each(4, (q) => `let b${j}${q} = b[(4u * ${COLUMN(j)} + ${q}u) * (parameters.depth / 4u) + k];`))}
${each(ROWS, (i) => `let a${i} = a[${ROW(i)} * (parameters.depth / 4u) + k];`)}
${eachCell((i, j) => `sum${i}${j} += vec4(${each4((q) => `dot(a${i}, b${j}${q})`, ', ')});`)}
}`,
  left: `for (var k = first; k < end; k++) {
${each(QUADS, (j) => `let b${j} = b[k * quads + ${COLUMN(j)}];`)}
${each(ROWS / 4, (q) => `let a${q} = a[k * (parameters.rows / 4u) + ${ROW(4 * q)} / 4u];`)}
${eachCell((i, j) => `sum${i}${j} += a${Math.floor(i / 4)}[${i % 4}] * b${j};`)}
}`,
};

function each4(text: (index: number) => string, joint = ' + '): string {
  return [0, 1, 2, 3].map(text).join(joint);
}
