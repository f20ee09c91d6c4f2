struct Parameters { runs: u32, size: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> partial: array<f32>;
@group(0) @binding(2) var<storage, read_write> total: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= parameters.size) { return; }
  var sum = 0.0;
  for (var run = 0u; run < parameters.runs; run++) { sum += partial[run * parameters.size + id.x]; }
  total[id.x] = sum;
}
