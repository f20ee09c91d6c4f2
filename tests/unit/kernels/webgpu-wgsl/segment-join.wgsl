struct Parameters { positions: u32, block: u32, segments: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read> first: array<i32>;
@group(0) @binding(3) var<storage, read_write> next: array<i32>;
@group(0) @binding(4) var<storage, read_write> head: array<i32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = id.x;
  if (n >= parameters.positions) { return; }
  let segment = ids[n];
  if (segment < 0 || u32(segment) >= parameters.segments) { return; }
  let block = n / parameters.block;
  if (first[block * parameters.segments + u32(segment)] != i32(n) + 1) { return; }
  var earlier = 0;
  for (var other = 0u; other < block && earlier == 0; other++) {
    earlier = first[other * parameters.segments + u32(segment)];
  }
  if (earlier == 0) { head[segment] = i32(n) + 1; }
  let blocks = (parameters.positions + parameters.block - 1u) / parameters.block;
  var later = 0;
  for (var other = block + 1u; other < blocks && later == 0; other++) {
    later = first[other * parameters.segments + u32(segment)];
  }
  var last = n;
  while (next[last] > 0) { last = u32(next[last]) - 1u; }
  next[last] = later;
}
