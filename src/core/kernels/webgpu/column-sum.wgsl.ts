import { declareBindings, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

const SIZE = 64;
/** Rows that one thread adds up. */
const DEPTH = 64;
const BUFFERS = [reads('matrix'), writes('partial')];

/** Partial sums of a column of so many rows. */
export const columnRuns = (rows: number): number => Math.ceil(rows / DEPTH);

export const columnSumGroups = (rows: number, columns: number): [x: number, y: number] => [
  Math.ceil(columns / SIZE),
  columnRuns(rows),
];

/** Adds up the columns of a matrix, in runs of rows: `partial` is [runs, columns]. */
export const columnSumShader: Shader = {
  label: 'column-sum',
  buffers: BUFFERS.map(({ name }) => name),
  code: () => `
${declareBindings(['rows', 'columns'], BUFFERS)}

@compute @workgroup_size(${SIZE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
if (id.x >= parameters.columns) { return; }
let end = min((id.y + 1u) * ${DEPTH}u, parameters.rows);
var sum = 0.0;
for (var row = id.y * ${DEPTH}u; row < end; row++) { sum += matrix[row * parameters.columns + id.x]; }
partial[id.y * parameters.columns + id.x] = sum;
}
`,
};
