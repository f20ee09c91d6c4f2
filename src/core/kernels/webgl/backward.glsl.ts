import { GATES } from '../spec/recurrent.ts';
import type { CellKind, RecurrentAttrs } from '../spec/recurrent.ts';
import { activationsOf } from './activations.glsl.ts';
import type { Shader } from './shader.ts';
import { SLAB_INTS, slabOrigin } from './slabs.ts';

/** What the code of a backward step depends on. */
export interface BackwardVariant {
  readonly attrs: RecurrentAttrs;
  readonly masked: boolean;
  readonly dropped: boolean;
  /** There is a gradient of the cell states from outside. */
  readonly withCellGradient: boolean;
}

/**
 * One step back for the whole batch, a texel per row and unit. Writes two texels:
 *
 * - the gradients of the gates before activation, in the order of the gates; GRU's second form adds
 *   that of `inner`, the candidate's share that went through the reset gate;
 * - the whole gradients of h and c, then the part of each that goes to the previous step directly.
 *   The rest of h's goes through the recurrent product, which the previous step's draw makes.
 *
 * GRU's first form takes what {@link candidateShader} writes.
 */
export function backwardShader(variant: BackwardVariant): Shader {
  const { attrs, masked } = variant;
  const resetBefore = attrs.cell === 'GRU' && !attrs.resetAfter;
  return {
    ...inputsOf(variant, resetBefore ? ['candidate'] : []),
    outputs: 2,
    fragment: `
${stepFunctions(variant)}
void main() {
  place(ivec2(gl_FragCoord.xy) - slabOrigin(entry));
  ${resetBefore ? 'vec2 total = vec2(texelFetch(candidate, at, 0).z, 0.0);' : TOTAL(variant)}
  ${masked ? 'if (maskAt(position) == 0.0) { result0 = vec4(0.0); result1 = total.xyxy; return; }' : ''}
  ${CELLS[resetBefore ? 'GRUResetBefore' : attrs.cell]}
}`,
  };
}

/** The first half of a step back of GRU's first form: the gradients of z and g, and the whole of h's. */
export function candidateShader(variant: BackwardVariant): Shader {
  return {
    ...inputsOf(variant, []),
    outputs: 1,
    fragment: `
${stepFunctions(variant)}
void main() {
  place(ivec2(gl_FragCoord.xy));
  ${TOTAL(variant)}
  result0 = vec4(0.0, 0.0, total.x, 0.0);
  ${variant.masked ? 'if (maskAt(position) == 0.0) return;' : ''}
  ${UPDATE_AND_CANDIDATE}
  result0.xy = vec2(dz, dg);
}`,
  };
}

/** The gradients of the state before the first step. */
export function startGradientShader(variant: BackwardVariant): Shader {
  return {
    ...inputsOf(variant, []),
    outputs: 1,
    fragment: `
${stepFunctions(variant)}
void main() {
  place(ivec2(gl_FragCoord.xy) - slabOrigin(entry));
  result0 = vec4(fromNext(), 0.0, 0.0);
}`,
  };
}

const SAVED: Readonly<Record<CellKind, readonly string[]>> = {
  SimpleRNN: ['h'],
  LSTM: ['gates', 'c', 'c0'],
  GRU: ['gates', 'h', 'h0'],
};

function inputsOf(
  { attrs: { cell, resetAfter }, masked, dropped, withCellGradient }: BackwardVariant,
  more: readonly string[],
) {
  return {
    tensors: [
      'dh',
      ...SAVED[cell],
      ...(cell === 'GRU' && resetAfter ? ['inner'] : []),
      ...(withCellGradient ? ['dc'] : []),
      ...(masked ? ['mask'] : []),
      ...(dropped ? ['recurrentDropout'] : []),
    ],
    textures: ['nextGates', 'nextTotals', 'kernel', ...more],
    ints: [...SLAB_INTS, 'steps', 'entry', 'timestep', 'stride'],
  };
}

/** What a step's gates send to the state before it: a unit's share, from the texels of both. */
function productOf({ cell, resetAfter }: RecurrentAttrs): string {
  if (cell !== 'GRU') return 'dot(gates, weights)';
  return resetAfter ? 'dot(gates.xyw, weights.xyz)' : 'dot(gates.xy, weights.xy)';
}

const stepFunctions = ({ attrs, dropped }: BackwardVariant): string => `
${slabOrigin}
${activationsOf(attrs)}
ivec2 at;
int position;
int element;

void place(ivec2 here) {
  at = here;
  position = at.y * steps + timestep;
  element = position * units + at.x;
}

// The factor of the state in steps that are not masked.
float kept() {
  return ${dropped ? 'recurrentDropoutAt(at.y * units + at.x)' : '1.0'};
}

// What the step that was read next sends back to this step's h and c.
vec2 fromNext() {
  if (entry == steps) return vec2(0.0);
  ivec2 next = slabOrigin(entry + 1);
  vec2 direct = texelFetch(nextTotals, next + at, 0).zw;
  float sum = 0.0;
  for (int k = 0; k < units; k++) {
    vec4 gates = texelFetch(nextGates, next + ivec2(k, at.y), 0);
    vec4 weights = texelFetch(kernel, ivec2(k, at.x), 0);
    sum += ${productOf(attrs)};
  }
  return vec2(sum * kept() + direct.x, direct.y);
}

${attrs.cell === 'SimpleRNN' ? '' : savedAccess(attrs.cell)}`;

const savedAccess = (cell: CellKind): string => `
float gate(int block) {
  return gatesAt(position * ${GATES[cell]} * units + block * units + at.x);
}

// The ${cell === 'LSTM' ? 'cell state' : 'state that this step sees'}.
float previous() {
  ${
    cell === 'LSTM'
      ? 'return entry == 1 ? c0At(at.y * units + at.x) : cAt(element - stride * units);'
      : 'return (entry == 1 ? h0At(at.y * units + at.x) : hAt(element - stride * units)) * kept();'
  }
}`;

/** Sets `total`, the whole gradients of h and (LSTM, without what h adds) c. */
const TOTAL = ({ withCellGradient }: BackwardVariant): string =>
  `vec2 total = fromNext() + vec2(dhAt(element), ${withCellGradient ? 'dcAt(element)' : '0.0'});`;

/** Both forms of GRU: h = z·h₋ + (1 − z)·g. */
const UPDATE_AND_CANDIDATE = `
  float z = gate(0);
  float g = gate(2);
  float dz = total.x * (previous() - g) * sigmaSlope(z);
  float dg = total.x * (1.0 - z) * phiSlope(g);`;

const CELLS: Readonly<Record<CellKind | 'GRUResetBefore', string>> = {
  SimpleRNN: `
  result0 = vec4(total.x * phiSlope(hAt(element)), 0.0, 0.0, 0.0);
  result1 = vec4(total.x, 0.0, 0.0, 0.0);`,
  LSTM: `
  float i = gate(0);
  float f = gate(1);
  float g = gate(2);
  float o = gate(3);
  float squashed = phi(cAt(element));
  float dCell = total.y + total.x * o * phiSlope(squashed);
  result0 = vec4(
    dCell * g * sigmaSlope(i),
    dCell * previous() * sigmaSlope(f),
    dCell * i * phiSlope(g),
    total.x * squashed * sigmaSlope(o)
  );
  result1 = vec4(total.x, dCell, 0.0, dCell * f);`,
  GRU: `
  ${UPDATE_AND_CANDIDATE}
  float r = gate(1);
  result0 = vec4(dz, dg * innerAt(element) * sigmaSlope(r), dg, dg * r);
  result1 = vec4(total.x, 0.0, total.x * z * kept(), 0.0);`,
  GRUResetBefore: `
  float dReset = 0.0;
  for (int k = 0; k < units; k++) {
    dReset += texelFetch(candidate, ivec2(k, at.y), 0).y * texelFetch(kernel, ivec2(k, at.x), 0).z;
  }
  vec4 own = texelFetch(candidate, at, 0);
  float r = gate(1);
  result0 = vec4(own.x, dReset * previous() * sigmaSlope(r), own.y, 0.0);
  result1 = vec4(total.x, 0.0, (total.x * gate(0) + dReset * r) * kept(), 0.0);`,
};
