struct Parameters { positions: u32, block: u32, segments: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> ids: array<i32>;
@group(0) @binding(2) var<storage, read_write> first: array<i32>;
@group(0) @binding(3) var<storage, read_write> next: array<i32>;

fn belongs(n: u32, segment: i32) -> bool {
  return ids[n] == segment;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let n = id.x;
  if (n >= parameters.positions) { return; }
  let segment = ids[n];
  if (segment < 0 || u32(segment) >= parameters.segments || !belongs(n, segment)) { return; }
  let block = n / parameters.block;
  let start = block * parameters.block;
  let end = min(start + parameters.block, parameters.positions);
  var seen = false;
  for (var m = start; m < n && !seen; m++) { seen = belongs(m, segment); }
  if (!seen) { first[block * parameters.segments + u32(segment)] = i32(n) + 1; }
  var found = 0;
  for (var m = n + 1u; m < end && found == 0; m++) {
    if (belongs(m, segment)) { found = i32(m) + 1; }
  }
  next[n] = found;
}
