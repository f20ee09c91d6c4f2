import { declareBindings, reads, writes } from './shader.ts';
import type { Shader } from './shader.ts';

const SIZE = 64;
const BUFFERS = [reads('partial'), writes('total')];

/** Workgroups for a result of so many elements. */
export const sumRunsGroups = (elements: number): number => Math.ceil(elements / SIZE);

/** Adds up arrays of `size` elements that stand one behind another, one element of each a thread. */
export const sumRunsShader: Shader = {
  label: 'sum-runs',
  buffers: BUFFERS.map(({ name }) => name),
  code: () => `
${declareBindings(['runs', 'size'], BUFFERS)}

@compute @workgroup_size(${SIZE})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
if (id.x >= parameters.size) { return; }
var sum = 0.0;
for (var run = 0u; run < parameters.runs; run++) { sum += partial[run * parameters.size + id.x]; }
total[id.x] = sum;
}
`,
};
