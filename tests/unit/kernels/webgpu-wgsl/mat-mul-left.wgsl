struct Parameters { rows: u32, columns: u32, depth: u32, run: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> product: array<vec4<f32>>;

@compute @workgroup_size(4, 16)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(global_invocation_id) id: vec3<u32>,
) {
  let quads = parameters.columns / 4u;
  let row = id.y * 8u;
  let column = id.x * 2u;
  if (row >= parameters.rows || column >= quads) { return; }
  let first = group.z * parameters.run;
  let end = min(first + parameters.run, parameters.depth);
  var sum00 = vec4<f32>();
  var sum01 = vec4<f32>();
  var sum10 = vec4<f32>();
  var sum11 = vec4<f32>();
  var sum20 = vec4<f32>();
  var sum21 = vec4<f32>();
  var sum30 = vec4<f32>();
  var sum31 = vec4<f32>();
  var sum40 = vec4<f32>();
  var sum41 = vec4<f32>();
  var sum50 = vec4<f32>();
  var sum51 = vec4<f32>();
  var sum60 = vec4<f32>();
  var sum61 = vec4<f32>();
  var sum70 = vec4<f32>();
  var sum71 = vec4<f32>();
  for (var k = first; k < end; k++) {
    let b0 = b[k * quads + min(column + 0u, quads - 1u)];
    let b1 = b[k * quads + min(column + 1u, quads - 1u)];
    let a0 = a[k * (parameters.rows / 4u) + min(row + 0u, parameters.rows - 1u) / 4u];
    let a1 = a[k * (parameters.rows / 4u) + min(row + 4u, parameters.rows - 1u) / 4u];
    sum00 += a0[0] * b0;
    sum01 += a0[0] * b1;
    sum10 += a0[1] * b0;
    sum11 += a0[1] * b1;
    sum20 += a0[2] * b0;
    sum21 += a0[2] * b1;
    sum30 += a0[3] * b0;
    sum31 += a0[3] * b1;
    sum40 += a1[0] * b0;
    sum41 += a1[0] * b1;
    sum50 += a1[1] * b0;
    sum51 += a1[1] * b1;
    sum60 += a1[2] * b0;
    sum61 += a1[2] * b1;
    sum70 += a1[3] * b0;
    sum71 += a1[3] * b1;
  }
  if (row + 0u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 0u) * quads + column + 0u] = sum00;
  }
  if (row + 0u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 0u) * quads + column + 1u] = sum01;
  }
  if (row + 1u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 1u) * quads + column + 0u] = sum10;
  }
  if (row + 1u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 1u) * quads + column + 1u] = sum11;
  }
  if (row + 2u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 2u) * quads + column + 0u] = sum20;
  }
  if (row + 2u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 2u) * quads + column + 1u] = sum21;
  }
  if (row + 3u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 3u) * quads + column + 0u] = sum30;
  }
  if (row + 3u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 3u) * quads + column + 1u] = sum31;
  }
  if (row + 4u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 4u) * quads + column + 0u] = sum40;
  }
  if (row + 4u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 4u) * quads + column + 1u] = sum41;
  }
  if (row + 5u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 5u) * quads + column + 0u] = sum50;
  }
  if (row + 5u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 5u) * quads + column + 1u] = sum51;
  }
  if (row + 6u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 6u) * quads + column + 0u] = sum60;
  }
  if (row + 6u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 6u) * quads + column + 1u] = sum61;
  }
  if (row + 7u < parameters.rows && column + 0u < quads) {
    product[(group.z * parameters.rows + row + 7u) * quads + column + 0u] = sum70;
  }
  if (row + 7u < parameters.rows && column + 1u < quads) {
    product[(group.z * parameters.rows + row + 7u) * quads + column + 1u] = sum71;
  }
}
