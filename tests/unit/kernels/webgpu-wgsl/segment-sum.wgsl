struct Parameters { segments: u32, columns: u32, positions: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> head: array<i32>;
@group(0) @binding(2) var<storage, read> next: array<i32>;
@group(0) @binding(3) var<storage, read> values: array<f32>;
@group(0) @binding(4) var<storage, read_write> total: array<f32>;

@compute @workgroup_size(64)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(local_invocation_index) thread: u32,
) {
  let place = group.y * 32768u + group.x;
  let segment = place;
  if (segment >= parameters.segments) { return; }
  let column = group.z * 256u + thread;
  // Columns beyond the last add up the last one, and keep the sum to themselves.
  let column0 = min(column + 0u, parameters.columns - 1u);
  let column1 = min(column + 64u, parameters.columns - 1u);
  let column2 = min(column + 128u, parameters.columns - 1u);
  let column3 = min(column + 192u, parameters.columns - 1u);
  var sum0 = 0.0;
  var sum1 = 0.0;
  var sum2 = 0.0;
  var sum3 = 0.0;
  var n = head[segment];
  while (n > 0) {
    let start = u32(n - 1) * parameters.columns;
    sum0 += values[start + column0];
    sum1 += values[start + column1];
    sum2 += values[start + column2];
    sum3 += values[start + column3];
    n = next[n - 1];
  }
  let out = segment * parameters.columns;
  if (column + 0u < parameters.columns) { total[out + column0] = sum0; }
  if (column + 64u < parameters.columns) { total[out + column1] = sum1; }
  if (column + 128u < parameters.columns) { total[out + column2] = sum2; }
  if (column + 192u < parameters.columns) { total[out + column3] = sum3; }
}
