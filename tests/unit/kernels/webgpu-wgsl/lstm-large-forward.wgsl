alias Lanes = vec2<f32>;
const UNITS = 256u;
const COLUMNS = 1024u;
const THREADS = 256u;
const LANES = 2u;

struct Parameters { batch: u32, steps: u32, first: u32, count: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> projections: array<f32>;
@group(0) @binding(2) var<storage, read> rows: array<i32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> mask: array<i32>;
@group(0) @binding(5) var<storage, read_write> state: array<f32>;
@group(0) @binding(6) var<storage, read_write> hidden: array<f32>;
@group(0) @binding(7) var<storage, read_write> cells: array<f32>;
@group(0) @binding(8) var<storage, read_write> gates: array<f32>;

var<workgroup> h: array<Lanes, UNITS>;
var<workgroup> seen: array<Lanes, UNITS>;
var<workgroup> c: array<Lanes, UNITS>;
var<workgroup> z: array<Lanes, COLUMNS>;

fn tanhOf(x: Lanes) -> Lanes {
  let e = exp(-2.0 * abs(x));
  return sign(x) * (1.0 - e) / (1.0 + e);
}
fn activate(x: Lanes) -> Lanes { return max(x, Lanes(0.0)); }
fn activateGate(x: Lanes) -> Lanes { return clamp(0.2 * x + 0.5, Lanes(0.0), Lanes(1.0)); }
fn slope(y: Lanes) -> Lanes { return select(Lanes(0.0), Lanes(1.0), y > Lanes(0.0)); }
fn gateSlope(y: Lanes) -> Lanes { return select(Lanes(0.0), Lanes(0.2), (y > Lanes(0.0)) & (y < Lanes(1.0))); }

@compute @workgroup_size(256)
fn main(
@builtin(workgroup_id) group: vec3<u32>,
@builtin(local_invocation_index) thread: u32,
) {
  // The lanes beyond a batch that LANES does not divide repeat its last row.
  let row0 = min(group.x * LANES + 0u, parameters.batch - 1u);
  let row1 = min(group.x * LANES + 1u, parameters.batch - 1u);
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    h[unit] = Lanes(state[(0u * parameters.batch + row0) * UNITS + unit], state[(0u * parameters.batch + row1) * UNITS + unit]);
    seen[unit] = (h[unit]) * Lanes(state[(3u * parameters.batch + row0) * UNITS + unit], state[(3u * parameters.batch + row1) * UNITS + unit]);
    c[unit] = Lanes(state[(1u * parameters.batch + row0) * UNITS + unit], state[(1u * parameters.batch + row1) * UNITS + unit]);
  }
  workgroupBarrier();
  for (var index = 0u; index < parameters.count; index++) {
    let step = parameters.first + index;
    let t = parameters.steps - 1u - step;
    let n0 = row0 * parameters.steps + t;
    let n1 = row1 * parameters.steps + t;
    let counts = vec2<bool>(mask[n0] != 0, mask[n1] != 0);

    for (var column = 0u * UNITS + thread; column < 4u * UNITS; column += THREADS) {
      let x = Lanes(projections[u32(rows[n0]) * COLUMNS + column], projections[u32(rows[n1]) * COLUMNS + column]);
      var sum = Lanes(0.0);
      for (var k = 0u; k < UNITS; k++) { sum += weights[k * COLUMNS + column] * seen[k]; }
      var gate: Lanes;
      if (column / UNITS == 2u) { gate = activate(x + sum); } else { gate = activateGate(x + sum); }
      z[column] = gate;
      gates[n0 * COLUMNS + column] = select(Lanes(0.0), gate, counts)[0];
      gates[n1 * COLUMNS + column] = select(Lanes(0.0), gate, counts)[1];
    }
    workgroupBarrier();
    for (var unit = thread; unit < UNITS; unit += THREADS) {
      let cell = z[UNITS + unit] * c[unit] + z[unit] * z[2u * UNITS + unit];
      let hiddenNow = z[3u * UNITS + unit] * activate(cell);
      c[unit] = select(c[unit], cell, counts);
      h[unit] = select(h[unit], hiddenNow, counts);
      seen[unit] = (h[unit]) * Lanes(state[(3u * parameters.batch + row0) * UNITS + unit], state[(3u * parameters.batch + row1) * UNITS + unit]);
      cells[n0 * UNITS + unit] = c[unit][0];
      cells[n1 * UNITS + unit] = c[unit][1];
      hidden[n0 * UNITS + unit] = h[unit][0];
      hidden[n1 * UNITS + unit] = h[unit][1];
    }
    workgroupBarrier();
  }
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    state[(0u * parameters.batch + row0) * UNITS + unit] = h[unit][0];
    state[(0u * parameters.batch + row1) * UNITS + unit] = h[unit][1];
    state[(1u * parameters.batch + row0) * UNITS + unit] = c[unit][0];
    state[(1u * parameters.batch + row1) * UNITS + unit] = c[unit][1];
  }
}
