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
  for (var k = first / 4u; k < end / 4u; k++) {
    let b00 = b[(4u * min(column + 0u, quads - 1u) + 0u) * (parameters.depth / 4u) + k];
    let b01 = b[(4u * min(column + 0u, quads - 1u) + 1u) * (parameters.depth / 4u) + k];
    let b02 = b[(4u * min(column + 0u, quads - 1u) + 2u) * (parameters.depth / 4u) + k];
    let b03 = b[(4u * min(column + 0u, quads - 1u) + 3u) * (parameters.depth / 4u) + k];
    let b10 = b[(4u * min(column + 1u, quads - 1u) + 0u) * (parameters.depth / 4u) + k];
    let b11 = b[(4u * min(column + 1u, quads - 1u) + 1u) * (parameters.depth / 4u) + k];
    let b12 = b[(4u * min(column + 1u, quads - 1u) + 2u) * (parameters.depth / 4u) + k];
    let b13 = b[(4u * min(column + 1u, quads - 1u) + 3u) * (parameters.depth / 4u) + k];
    let a0 = a[min(row + 0u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a1 = a[min(row + 1u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a2 = a[min(row + 2u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a3 = a[min(row + 3u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a4 = a[min(row + 4u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a5 = a[min(row + 5u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a6 = a[min(row + 6u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    let a7 = a[min(row + 7u, parameters.rows - 1u) * (parameters.depth / 4u) + k];
    sum00 += vec4(dot(a0, b00), dot(a0, b01), dot(a0, b02), dot(a0, b03));
    sum01 += vec4(dot(a0, b10), dot(a0, b11), dot(a0, b12), dot(a0, b13));
    sum10 += vec4(dot(a1, b00), dot(a1, b01), dot(a1, b02), dot(a1, b03));
    sum11 += vec4(dot(a1, b10), dot(a1, b11), dot(a1, b12), dot(a1, b13));
    sum20 += vec4(dot(a2, b00), dot(a2, b01), dot(a2, b02), dot(a2, b03));
    sum21 += vec4(dot(a2, b10), dot(a2, b11), dot(a2, b12), dot(a2, b13));
    sum30 += vec4(dot(a3, b00), dot(a3, b01), dot(a3, b02), dot(a3, b03));
    sum31 += vec4(dot(a3, b10), dot(a3, b11), dot(a3, b12), dot(a3, b13));
    sum40 += vec4(dot(a4, b00), dot(a4, b01), dot(a4, b02), dot(a4, b03));
    sum41 += vec4(dot(a4, b10), dot(a4, b11), dot(a4, b12), dot(a4, b13));
    sum50 += vec4(dot(a5, b00), dot(a5, b01), dot(a5, b02), dot(a5, b03));
    sum51 += vec4(dot(a5, b10), dot(a5, b11), dot(a5, b12), dot(a5, b13));
    sum60 += vec4(dot(a6, b00), dot(a6, b01), dot(a6, b02), dot(a6, b03));
    sum61 += vec4(dot(a6, b10), dot(a6, b11), dot(a6, b12), dot(a6, b13));
    sum70 += vec4(dot(a7, b00), dot(a7, b01), dot(a7, b02), dot(a7, b03));
    sum71 += vec4(dot(a7, b10), dot(a7, b11), dot(a7, b12), dot(a7, b13));
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
