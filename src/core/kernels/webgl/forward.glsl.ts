import { GATES } from '../spec/recurrent.ts';
import type { CellKind, RecurrentAttrs } from '../spec/recurrent.ts';
import { activationsOf } from './activations.glsl.ts';
import type { Shader } from './shader.ts';
import { SLAB_INTS, slabOrigin } from './slabs.ts';

/** What the code of a forward step depends on. */
export interface ForwardVariant {
  readonly attrs: RecurrentAttrs;
  readonly withRows: boolean;
  readonly masked: boolean;
  readonly dropped: boolean;
}

/**
 * One step of the whole batch, a texel per row and unit. Writes the state (h, c, inner, and h as the
 * next step sees it) and the gates, but for SimpleRNN, which has none. GRU's first form takes what
 * {@link resetShader} writes.
 */
export function forwardShader(variant: ForwardVariant): Shader {
  const { cell, resetAfter } = variant.attrs;
  const resetBefore = cell === 'GRU' && !resetAfter;
  const hasGates = cell !== 'SimpleRNN';
  const seen = variant.dropped
    ? 'result0.w = result0.x * recurrentDropoutAt(at.y * units + at.x);'
    : 'result0.w = result0.x;';
  return {
    ...inputsOf(variant, resetBefore ? ['reset'] : []),
    outputs: hasGates ? 2 : 1,
    fragment: `
${stepFunctions(variant)}
void main() {
  if (readState(ivec2(gl_FragCoord.xy) - slabOrigin(entry))) {
    result0 = vec4(previous.xy, 0.0, previous.w);
    ${hasGates ? 'result1 = vec4(0.0);' : ''}
    return;
  }
  ${CELLS[resetBefore ? 'GRUResetBefore' : cell]}
  ${seen}
}`,
  };
}

/** The first half of a step of GRU's first form: z, r and r·h₋. */
export function resetShader(variant: ForwardVariant): Shader {
  return {
    ...inputsOf(variant, []),
    outputs: 1,
    fragment: `
${stepFunctions(variant)}
void main() {
  result0 = vec4(0.0);
  if (readState(ivec2(gl_FragCoord.xy))) return;
  vec4 sums = stateProduct();
  float r = sigma(projected(1) + sums.y);
  result0 = vec4(sigma(projected(0) + sums.x), r, r * previous.w, 0.0);
}`,
  };
}

function inputsOf({ withRows, masked, dropped }: ForwardVariant, more: readonly string[]) {
  return {
    tensors: [
      'projections',
      ...(withRows ? ['rows'] : []),
      ...(masked ? ['mask'] : []),
      ...(dropped ? ['recurrentDropout'] : []),
    ],
    textures: ['states', 'kernel', ...more],
    ints: [...SLAB_INTS, 'steps', 'entry', 'timestep'],
  };
}

/** What both shaders share. `readState` says whether the step is masked. */
const stepFunctions = ({ attrs, withRows, masked }: ForwardVariant): string => `
${slabOrigin}
${activationsOf(attrs)}
ivec2 at;
ivec2 before;
vec4 previous;
int row;

bool readState(ivec2 here) {
  at = here;
  before = slabOrigin(entry - 1);
  previous = texelFetch(states, before + at, 0);
  int position = at.y * steps + timestep;
  row = ${withRows ? 'int(rowsAt(position))' : 'position'} * ${GATES[attrs.cell]} * units;
  return ${masked ? 'maskAt(position) == 0.0' : 'false'};
}

// The input's share of a gate.
float projected(int gate) {
  return projectionsAt(row + gate * units + at.x);
}

// The state's share of all gates.
vec4 stateProduct() {
  vec4 sums = vec4(0.0);
  for (int k = 0; k < units; k++) {
    sums += texelFetch(states, before + ivec2(k, at.y), 0).w
      * texelFetch(kernel, ivec2(at.x, k), 0);
  }
  return sums;
}`;

const CELLS: Readonly<Record<CellKind | 'GRUResetBefore', string>> = {
  SimpleRNN: 'result0 = vec4(phi(projected(0) + stateProduct().x), 0.0, 0.0, 0.0);',
  LSTM: `
  vec4 sums = stateProduct();
  float i = sigma(projected(0) + sums.x);
  float f = sigma(projected(1) + sums.y);
  float g = phi(projected(2) + sums.z);
  float o = sigma(projected(3) + sums.w);
  float c = f * previous.y + i * g;
  result0 = vec4(o * phi(c), c, 0.0, 0.0);
  result1 = vec4(i, f, g, o);`,
  GRU: `
  vec4 sums = stateProduct() + texelFetch(kernel, ivec2(at.x, units), 0);
  float z = sigma(projected(0) + sums.x);
  float r = sigma(projected(1) + sums.y);
  float g = phi(projected(2) + r * sums.z);
  result0 = vec4(z * previous.w + (1.0 - z) * g, 0.0, sums.z, 0.0);
  result1 = vec4(z, r, g, 0.0);`,
  GRUResetBefore: `
  float sum = projected(2);
  for (int k = 0; k < units; k++) {
    sum += texelFetch(reset, ivec2(k, at.y), 0).z * texelFetch(kernel, ivec2(at.x, k), 0).z;
  }
  vec4 own = texelFetch(reset, at, 0);
  float g = phi(sum);
  result0 = vec4(own.x * previous.w + (1.0 - own.x) * g, 0.0, 0.0, 0.0);
  result1 = vec4(own.xy, g, 0.0);`,
};
