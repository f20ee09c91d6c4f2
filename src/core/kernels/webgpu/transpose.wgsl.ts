import { declareBindings, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

const SIZE = 64;
const BUFFERS = [reads('matrix'), writes('transposed')];

/** Workgroups for a matrix of so many elements. */
export const transposeGroups = (elements: number): number => Math.ceil(elements / SIZE);

/** Transposes a [rows, columns] matrix, one element a thread. */
export const transposeShader: Shader = {
  label: 'transpose',
  buffers: BUFFERS.map(({ name }) => name),
  code: () => `
${declareBindings(['rows', 'columns'], BUFFERS)}

@compute @workgroup_size(${SIZE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
let to = id.x;
if (to >= parameters.rows * parameters.columns) { return; }
let row = to % parameters.rows;
let column = to / parameters.rows;
transposed[to] = matrix[row * parameters.columns + column];
}
`,
};
