alias Lanes = f32;
const UNITS = 3u;
const COLUMNS = 9u;
const THREADS = 9u;
const LANES = 1u;

struct Parameters { batch: u32, steps: u32, first: u32, count: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> projections: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;
@group(0) @binding(3) var<storage, read_write> state: array<f32>;
@group(0) @binding(4) var<storage, read_write> hidden: array<f32>;
@group(0) @binding(5) var<storage, read_write> gates: array<f32>;
@group(0) @binding(6) var<storage, read_write> inner: array<f32>;

var<workgroup> h: array<Lanes, UNITS>;
var<workgroup> z: array<Lanes, COLUMNS>;

fn tanhOf(x: Lanes) -> Lanes {
  let e = exp(-2.0 * abs(x));
  return sign(x) * (1.0 - e) / (1.0 + e);
}
fn activate(x: Lanes) -> Lanes { return tanhOf(x); }
fn activateGate(x: Lanes) -> Lanes { return 0.5 * tanhOf(0.5 * x) + 0.5; }
fn slope(y: Lanes) -> Lanes { return 1.0 - y * y; }
fn gateSlope(y: Lanes) -> Lanes { return y * (1.0 - y); }

@compute @workgroup_size(9)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(local_invocation_index) thread: u32,
) {
  // The lanes beyond a batch that LANES does not divide repeat its last row.
  let row0 = min(group.x * LANES + 0u, parameters.batch - 1u);
  let w0 = weights[0u * COLUMNS + thread];
  let w1 = weights[1u * COLUMNS + thread];
  let w2 = weights[2u * COLUMNS + thread];
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    h[unit] = state[(0u * parameters.batch + row0) * UNITS + unit];

  }
  workgroupBarrier();
  for (var index = 0u; index < parameters.count; index++) {
    let step = parameters.first + index;
    let t = step;
    let n0 = row0 * parameters.steps + t;

    if (thread >= 0u * UNITS && thread < 3u * UNITS) {
      let column = thread;
      let x = projections[n0 * COLUMNS + column];
      let sum = (w0 * h[0u])
      + (w1 * h[1u])
      + (w2 * h[2u]);
      let own = sum + weights[UNITS * COLUMNS + column];
      if (column < 2u * UNITS) {
        let gate = activateGate(x + own);
        z[column] = gate;
        gates[n0 * COLUMNS + column] = gate;
      } else {
        z[column] = own;
        inner[n0 * UNITS + (column - 2u * UNITS)] = own;
      }
    }
    workgroupBarrier();
    for (var unit = thread; unit < UNITS; unit += THREADS) {
      let column = 2u * UNITS + unit;
      let candidate = activate(projections[n0 * COLUMNS + column] + z[UNITS + unit] * z[column]);
      let hiddenNow = z[unit] * h[unit] + (1.0 - z[unit]) * candidate;
      h[unit] = hiddenNow;

      gates[n0 * COLUMNS + column] = candidate;
      hidden[n0 * UNITS + unit] = h[unit];
    }
    workgroupBarrier();
  }
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    state[(0u * parameters.batch + row0) * UNITS + unit] = h[unit];

  }
}
