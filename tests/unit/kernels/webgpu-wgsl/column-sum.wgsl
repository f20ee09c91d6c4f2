struct Parameters { rows: u32, columns: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> matrix: array<f32>;
@group(0) @binding(2) var<storage, read_write> partial: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= parameters.columns) { return; }
  let end = min((id.y + 1u) * 64u, parameters.rows);
  var sum = 0.0;
  for (var row = id.y * 64u; row < end; row++) { sum += matrix[row * parameters.columns + id.x]; }
  partial[id.y * parameters.columns + id.x] = sum;
}
