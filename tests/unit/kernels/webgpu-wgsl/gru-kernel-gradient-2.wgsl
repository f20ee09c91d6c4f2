const UNITS = 3u;
const COLUMNS = 9u;
const FROM = 6u;
const TO = 9u;
const HEIGHT = 3u;
const TILE = 32u;
const DEPTH = 16u;

struct Parameters { steps: u32, positions: u32, depth: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> hidden: array<f32>;
@group(0) @binding(2) var<storage, read> initial: array<f32>;
@group(0) @binding(3) var<storage, read> gateGradient: array<f32>;
@group(0) @binding(4) var<storage, read> gates: array<f32>;
@group(0) @binding(5) var<storage, read_write> partial: array<f32>;

// Four neighbours at a time.
var<workgroup> left: array<vec4<f32>, 128>;
var<workgroup> right: array<vec4<f32>, 128>;

// The previous state of position n = row · steps + t at a unit.
fn previous(n: u32, unit: u32) -> f32 {
  if (unit >= UNITS) { return select(0.0, 1.0, unit < HEIGHT); }
  let t = n % parameters.steps;
  var value: f32;
  if (t == 0u) { value = initial[n / parameters.steps * UNITS + unit]; }
  else { value = hidden[(n - 1u) * UNITS + unit]; }

  value *= gates[n * COLUMNS + UNITS + unit];
  return value;
}

fn gradient(n: u32, column: u32) -> f32 {
  if (column >= TO) { return 0.0; }
  var value = gateGradient[n * COLUMNS + column];

  return value;
}

@compute @workgroup_size(64)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(local_invocation_index) thread: u32,
) {
  let firstColumn = FROM + group.x * TILE;
  let firstUnit = group.y * TILE;
  let own = vec2(thread % 8u, thread / 8u);
  let end = min((group.z + 1u) * parameters.depth, parameters.positions);
  var sum0 = vec4<f32>();
  var sum1 = vec4<f32>();
  var sum2 = vec4<f32>();
  var sum3 = vec4<f32>();
  for (var base = group.z * parameters.depth; base < end; base += DEPTH) {
    for (var i = thread; i < TILE / 4u * DEPTH; i += 64u) {
      let n = base + i / (TILE / 4u);
      let place = i % (TILE / 4u) * 4u;
      var l = vec4<f32>();
      var r = vec4<f32>();
      if (n < end) {
        let unit = firstUnit + place;
        l = vec4(previous(n, unit), previous(n, unit + 1u), previous(n, unit + 2u), previous(n, unit + 3u));
        let column = firstColumn + place;
        r = vec4(gradient(n, column), gradient(n, column + 1u), gradient(n, column + 2u), gradient(n, column + 3u));
      }
      left[i] = l;
      right[i] = r;
    }
    workgroupBarrier();
    for (var k = 0u; k < DEPTH; k++) {
      let l = left[k * (TILE / 4u) + own.y];
      let r = right[k * (TILE / 4u) + own.x];
      sum0 += l.x * r;
      sum1 += l.y * r;
      sum2 += l.z * r;
      sum3 += l.w * r;
    }
    workgroupBarrier();
  }
  var sums = array<vec4<f32>, 4>(sum0, sum1, sum2, sum3);
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let unit = firstUnit + own.y * 4u + i;
      let column = firstColumn + own.x * 4u + j;
      if (unit < HEIGHT && column < TO) {
        partial[(group.z * HEIGHT + unit) * COLUMNS + column] = sums[i][j];
      }
    }
  }
}
