struct Parameters { rows: u32, columns: u32, depth: u32, run: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> a: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> b: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> bias: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> product: array<vec4<f32>>;

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
  var sum00 = bias[min(column + 0u, quads - 1u)];
  var sum01 = bias[min(column + 1u, quads - 1u)];
  var sum10 = bias[min(column + 0u, quads - 1u)];
  var sum11 = bias[min(column + 1u, quads - 1u)];
  var sum20 = bias[min(column + 0u, quads - 1u)];
  var sum21 = bias[min(column + 1u, quads - 1u)];
  var sum30 = bias[min(column + 0u, quads - 1u)];
  var sum31 = bias[min(column + 1u, quads - 1u)];
  var sum40 = bias[min(column + 0u, quads - 1u)];
  var sum41 = bias[min(column + 1u, quads - 1u)];
  var sum50 = bias[min(column + 0u, quads - 1u)];
  var sum51 = bias[min(column + 1u, quads - 1u)];
  var sum60 = bias[min(column + 0u, quads - 1u)];
  var sum61 = bias[min(column + 1u, quads - 1u)];
  var sum70 = bias[min(column + 0u, quads - 1u)];
  var sum71 = bias[min(column + 1u, quads - 1u)];
  for (var k = first / 4u; k < end / 4u; k++) {
    let b00 = b[(4u * k + 0u) * quads + min(column + 0u, quads - 1u)];
    let b01 = b[(4u * k + 1u) * quads + min(column + 0u, quads - 1u)];
    let b02 = b[(4u * k + 2u) * quads + min(column + 0u, quads - 1u)];
    let b03 = b[(4u * k + 3u) * quads + min(column + 0u, quads - 1u)];
    let b10 = b[(4u * k + 0u) * quads + min(column + 1u, quads - 1u)];
    let b11 = b[(4u * k + 1u) * quads + min(column + 1u, quads - 1u)];
    let b12 = b[(4u * k + 2u) * quads + min(column + 1u, quads - 1u)];
    let b13 = b[(4u * k + 3u) * quads + min(column + 1u, quads - 1u)];
    let a0 = a[min(row + 0u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a1 = a[min(row + 1u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a2 = a[min(row + 2u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a3 = a[min(row + 3u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a4 = a[min(row + 4u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a5 = a[min(row + 5u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a6 = a[min(row + 6u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a7 = a[min(row + 7u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    sum00 += a0[0] * b00 + a0[1] * b01 + a0[2] * b02 + a0[3] * b03;
    sum01 += a0[0] * b10 + a0[1] * b11 + a0[2] * b12 + a0[3] * b13;
    sum10 += a1[0] * b00 + a1[1] * b01 + a1[2] * b02 + a1[3] * b03;
    sum11 += a1[0] * b10 + a1[1] * b11 + a1[2] * b12 + a1[3] * b13;
    sum20 += a2[0] * b00 + a2[1] * b01 + a2[2] * b02 + a2[3] * b03;
    sum21 += a2[0] * b10 + a2[1] * b11 + a2[2] * b12 + a2[3] * b13;
    sum30 += a3[0] * b00 + a3[1] * b01 + a3[2] * b02 + a3[3] * b03;
    sum31 += a3[0] * b10 + a3[1] * b11 + a3[2] * b12 + a3[3] * b13;
    sum40 += a4[0] * b00 + a4[1] * b01 + a4[2] * b02 + a4[3] * b03;
    sum41 += a4[0] * b10 + a4[1] * b11 + a4[2] * b12 + a4[3] * b13;
    sum50 += a5[0] * b00 + a5[1] * b01 + a5[2] * b02 + a5[3] * b03;
    sum51 += a5[0] * b10 + a5[1] * b11 + a5[2] * b12 + a5[3] * b13;
    sum60 += a6[0] * b00 + a6[1] * b01 + a6[2] * b02 + a6[3] * b03;
    sum61 += a6[0] * b10 + a6[1] * b11 + a6[2] * b12 + a6[3] * b13;
    sum70 += a7[0] * b00 + a7[1] * b01 + a7[2] * b02 + a7[3] * b03;
    sum71 += a7[0] * b10 + a7[1] * b11 + a7[2] * b12 + a7[3] * b13;
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
