alias Lanes = vec2<f32>;
const UNITS = 256u;
const COLUMNS = 1024u;
const THREADS = 256u;
const LANES = 2u;

struct Parameters { batch: u32, steps: u32, first: u32, count: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read> sequence: array<f32>;
@group(0) @binding(3) var<storage, read> gates: array<f32>;
@group(0) @binding(4) var<storage, read> mask: array<i32>;
@group(0) @binding(5) var<storage, read_write> state: array<f32>;
@group(0) @binding(6) var<storage, read_write> hiddenGradient: array<f32>;
@group(0) @binding(7) var<storage, read_write> cellGradient: array<f32>;
@group(0) @binding(8) var<storage, read_write> gateGradient: array<f32>;

var<workgroup> carry: array<Lanes, UNITS>;
var<workgroup> cellCarry: array<Lanes, UNITS>;
var<workgroup> dz: array<Lanes, COLUMNS>;

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
    carry[unit] = Lanes(state[(1u * parameters.batch + row0) * UNITS + unit], state[(1u * parameters.batch + row1) * UNITS + unit]);
    cellCarry[unit] = Lanes(state[(2u * parameters.batch + row0) * UNITS + unit], state[(2u * parameters.batch + row1) * UNITS + unit]);
  }
  workgroupBarrier();
  for (var index = 0u; index < parameters.count; index++) {
    let step = parameters.first + parameters.count - 1u - index;
    let t = parameters.steps - 1u - step;
    let n0 = row0 * parameters.steps + t;
    let n1 = row1 * parameters.steps + t;
    let counts = vec2<bool>(mask[n0] != 0, mask[n1] != 0);

    for (var unit = thread; unit < UNITS; unit += THREADS) {
      let dh = Lanes(hiddenGradient[n0 * UNITS + unit], hiddenGradient[n1 * UNITS + unit]) + carry[unit];
      hiddenGradient[n0 * UNITS + unit] = dh[0];
      hiddenGradient[n1 * UNITS + unit] = dh[1];
      var before = Lanes(state[(0u * parameters.batch + row0) * UNITS + unit], state[(0u * parameters.batch + row1) * UNITS + unit]);
      if (step > 0u) { before = Lanes(sequence[(n0 + 1u) * UNITS + unit], sequence[(n1 + 1u) * UNITS + unit]); }

      let i = Lanes(gates[n0 * COLUMNS + 0u * UNITS + unit], gates[n1 * COLUMNS + 0u * UNITS + unit]);
      let f = Lanes(gates[n0 * COLUMNS + 1u * UNITS + unit], gates[n1 * COLUMNS + 1u * UNITS + unit]);
      let g = Lanes(gates[n0 * COLUMNS + 2u * UNITS + unit], gates[n1 * COLUMNS + 2u * UNITS + unit]);
      let o = Lanes(gates[n0 * COLUMNS + 3u * UNITS + unit], gates[n1 * COLUMNS + 3u * UNITS + unit]);
      let y = activate(Lanes(sequence[n0 * UNITS + unit], sequence[n1 * UNITS + unit]));
      let passing = Lanes(cellGradient[n0 * UNITS + unit], cellGradient[n1 * UNITS + unit]) + cellCarry[unit];
      let dc = select(passing, passing + dh * o * slope(y), counts);
      cellGradient[n0 * UNITS + unit] = dc[0];
      cellGradient[n1 * UNITS + unit] = dc[1];
      dz[0u * UNITS + unit] = select(Lanes(0.0), dc * g * gateSlope(i), counts);
      gateGradient[n0 * COLUMNS + 0u * UNITS + unit] = dz[0u * UNITS + unit][0];
      gateGradient[n1 * COLUMNS + 0u * UNITS + unit] = dz[0u * UNITS + unit][1];
      dz[1u * UNITS + unit] = select(Lanes(0.0), dc * before * gateSlope(f), counts);
      gateGradient[n0 * COLUMNS + 1u * UNITS + unit] = dz[1u * UNITS + unit][0];
      gateGradient[n1 * COLUMNS + 1u * UNITS + unit] = dz[1u * UNITS + unit][1];
      dz[2u * UNITS + unit] = select(Lanes(0.0), dc * i * slope(g), counts);
      gateGradient[n0 * COLUMNS + 2u * UNITS + unit] = dz[2u * UNITS + unit][0];
      gateGradient[n1 * COLUMNS + 2u * UNITS + unit] = dz[2u * UNITS + unit][1];
      dz[3u * UNITS + unit] = select(Lanes(0.0), dh * y * gateSlope(o), counts);
      gateGradient[n0 * COLUMNS + 3u * UNITS + unit] = dz[3u * UNITS + unit][0];
      gateGradient[n1 * COLUMNS + 3u * UNITS + unit] = dz[3u * UNITS + unit][1];
      cellCarry[unit] = select(dc, dc * f, counts);
      carry[unit] = select(dh, Lanes(0.0), counts);
    }
    workgroupBarrier();
    for (var unit = thread; unit < UNITS; unit += THREADS) {
      var sum = Lanes(0.0);
      for (var column = 0u * UNITS; column < 4u * UNITS; column++) {
        sum += weights[column * UNITS + unit] * dz[column];
      }
      carry[unit] += (sum) * Lanes(state[(3u * parameters.batch + row0) * UNITS + unit], state[(3u * parameters.batch + row1) * UNITS + unit]);
    }
    workgroupBarrier();
  }
  for (var unit = thread; unit < UNITS; unit += THREADS) {
    state[(1u * parameters.batch + row0) * UNITS + unit] = (carry[unit])[0];
    state[(1u * parameters.batch + row1) * UNITS + unit] = (carry[unit])[1];
    state[(2u * parameters.batch + row0) * UNITS + unit] = cellCarry[unit][0];
    state[(2u * parameters.batch + row1) * UNITS + unit] = cellCarry[unit][1];
  }
}
