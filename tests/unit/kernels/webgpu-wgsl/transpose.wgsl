struct Parameters { rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> matrix: array<f32>;
@group(0) @binding(2) var<storage, read_write> transposed: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let to = id.x;
  if (to >= parameters.rows * parameters.columns) { return; }
  let row = to % parameters.rows;
  let column = to / parameters.rows;
  transposed[to] = matrix[row * parameters.columns + column];
}
