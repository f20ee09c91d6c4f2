alias Lanes = f32;
const UNITS = 3u;
const COLUMNS = 9u;
const THREADS = 9u;
const LANES = 1u;

struct Parameters { batch: u32, steps: u32, first: u32, count: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read> sequence: array<f32>;
@group(0) @binding(3) var<storage, read> gates: array<f32>;
@group(0) @binding(4) var<storage, read_write> state: array<f32>;
@group(0) @binding(5) var<storage, read_write> hiddenGradient: array<f32>;
@group(0) @binding(6) var<storage, read_write> gateGradient: array<f32>;

var<workgroup> carry: array<Lanes, UNITS>;
var<workgroup> dz: array<Lanes, COLUMNS>;
var<workgroup> part: array<Lanes, COLUMNS>;

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
  let ownUnit = thread % UNITS;
  let ownGate = thread - ownUnit;
  let w0 = weights[(ownGate + 0u) * UNITS + ownUnit];
  let w1 = weights[(ownGate + 1u) * UNITS + ownUnit];
  let w2 = weights[(ownGate + 2u) * UNITS + ownUnit];
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    carry[unit] = state[(1u * parameters.batch + row0) * UNITS + unit];

  }
  workgroupBarrier();
  for (var index = 0u; index < parameters.count; index++) {
    let step = parameters.first + parameters.count - 1u - index;
    let t = step;
    let n0 = row0 * parameters.steps + t;

    for (var unit = thread; unit < UNITS; unit += THREADS) {
      let dh = hiddenGradient[n0 * UNITS + unit] + carry[unit] + part[0u * UNITS + unit] + part[1u * UNITS + unit] + part[2u * UNITS + unit];
      hiddenGradient[n0 * UNITS + unit] = dh;
      var before = state[(0u * parameters.batch + row0) * UNITS + unit];
      if (step > 0u) { before = sequence[(n0 - 1u) * UNITS + unit]; }

      let z = gates[n0 * COLUMNS + 0u * UNITS + unit];
      let g = gates[n0 * COLUMNS + 2u * UNITS + unit];
      dz[0u * UNITS + unit] = dh * (before - g) * gateSlope(z);
      gateGradient[n0 * COLUMNS + 0u * UNITS + unit] = dz[0u * UNITS + unit];
      dz[2u * UNITS + unit] = dh * (1.0 - z) * slope(g);
      gateGradient[n0 * COLUMNS + 2u * UNITS + unit] = dz[2u * UNITS + unit];
      carry[unit] = dh * z;
    }
    workgroupBarrier();
    if (thread >= 2u * UNITS && thread < 3u * UNITS) {
      let column = thread;
      let unit = column % UNITS;
      let base = column - unit;
      let sum = (w0 * dz[base + 0u])
      + (w1 * dz[base + 1u])
      + (w2 * dz[base + 2u]);
      var before = state[(0u * parameters.batch + row0) * UNITS + unit];
      if (step > 0u) { before = sequence[(n0 - 1u) * UNITS + unit]; }

      let r = gates[n0 * COLUMNS + 1u * UNITS + unit];
      dz[1u * UNITS + unit] = sum * before * gateSlope(r);
      gateGradient[n0 * COLUMNS + 1u * UNITS + unit] = dz[1u * UNITS + unit];
      carry[unit] += sum * r;
    }
    workgroupBarrier();
    if (thread >= 0u * UNITS && thread < 2u * UNITS) {
      let column = thread;
      let unit = column % UNITS;
      let base = column - unit;
      let sum = (w0 * dz[base + 0u])
      + (w1 * dz[base + 1u])
      + (w2 * dz[base + 2u]);
      part[column] = sum;
    }
    workgroupBarrier();
  }
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    state[(1u * parameters.batch + row0) * UNITS + unit] = (carry[unit] + part[0u * UNITS + unit] + part[1u * UNITS + unit] + part[2u * UNITS + unit]);

  }
}
