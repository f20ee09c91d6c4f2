import { GATES } from '../spec/recurrent.ts';
import type { RecurrentAttrs } from '../spec/recurrent.ts';
import type { Shader } from './shader.ts';
import { SLAB_INTS, slabOrigin } from './slabs.ts';

/** Whether the candidate sees r·h₋ instead of h₋: GRU's first form. */
export const resetsState = ({ cell, resetAfter }: RecurrentAttrs): boolean =>
  cell === 'GRU' && !resetAfter;

/**
 * The state that every step sees, four units a texel: even entries, then odd ones; for GRU's first form
 * also r·h₋ of both. The unit after the last is 1: the bias sees it.
 */
export function historyShader(attrs: RecurrentAttrs, dropped: boolean): Shader {
  const reset = resetsState(attrs);
  return {
    tensors: ['h', 'h0', ...(reset ? ['gates'] : []), ...(dropped ? ['recurrentDropout'] : [])],
    textures: [],
    ints: [...SLAB_INTS, 'steps', 'origin', 'stride', 'quads'],
    outputs: reset ? 4 : 2,
    fragment: `
float stateBefore(int entry, int b, int k) {
  if (k >= units) return k == units ? 1.0 : 0.0;
  float state = entry == 1
    ? h0At(b * units + k)
    : hAt((b * steps + stride * (entry - 1 - origin)) * units + k);
  return ${dropped ? 'state * recurrentDropoutAt(b * units + k)' : 'state'};
}

vec4 states(int entry, int b, int k) {
  if (entry < 1 || entry > steps) return vec4(0.0);
  return vec4(
    stateBefore(entry, b, k),
    stateBefore(entry, b, k + 1),
    stateBefore(entry, b, k + 2),
    stateBefore(entry, b, k + 3)
  );
}
${reset ? RESETS : ''}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int even = 2 * ((at.x / quads) * perColumn + at.y / batch);
  int b = at.y % batch;
  int k = 4 * (at.x % quads);
  result0 = states(even, b, k);
  result1 = states(even + 1, b, k);
  ${reset ? 'result2 = result0 * resets(even, b, k); result3 = result1 * resets(even + 1, b, k);' : ''}
}`,
  };
}

const RESETS = `
float resetGate(int entry, int b, int k) {
  int position = b * steps + stride * (entry - origin);
  return k < units ? gatesAt((3 * position + 1) * units + k) : 0.0;
}

vec4 resets(int entry, int b, int k) {
  if (entry < 1 || entry > steps) return vec4(0.0);
  return vec4(
    resetGate(entry, b, k),
    resetGate(entry, b, k + 1),
    resetGate(entry, b, k + 2),
    resetGate(entry, b, k + 3)
  );
}`;

/**
 * Sums of state · gate gradient over a run of pairs of entries: a texel per four units of the state
 * (rows) and one unit of the gates (columns), a result for each of the four. Runs stand above each
 * other.
 */
export function partialShader(attrs: RecurrentAttrs): Shader {
  const reset = resetsState(attrs);
  const add = (parity: string, entry: string): string => `
      if (${entry} >= 1 && ${entry} <= steps) {
        vec4 state = texelFetch(history${parity}, states, 0);
        ${reset ? `vec4 reset = texelFetch(reset${parity}, states, 0);` : ''}
        vec4 gates = texelFetch(gates${parity}, origin + ivec2(at.x, b), 0);
        ${attrs.cell === 'GRU' && attrs.resetAfter ? 'gates.z = gates.w;' : ''}
        ${[0, 1, 2, 3].map((i) => `result${i} += ${term(reset, i)};`).join('\n        ')}
      }`;
  return {
    tensors: [],
    textures: [
      'historyEven',
      'historyOdd',
      'gatesEven',
      'gatesOdd',
      ...(reset ? ['resetEven', 'resetOdd'] : []),
    ],
    ints: [...SLAB_INTS, 'steps', 'quads', 'pairs', 'pairsPerRun'],
    outputs: 4,
    fragment: `
${slabOrigin}
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  int quad = at.y % quads;
  int first = (at.y / quads) * pairsPerRun;
  result0 = result1 = result2 = result3 = vec4(0.0);
  for (int pair = first; pair < min(first + pairsPerRun, pairs); pair++) {
    int even = 2 * pair;
    ivec2 origin = slabOrigin(even);
    for (int b = 0; b < batch; b++) {
      ivec2 states = ivec2((origin.x / units) * quads + quad, origin.y + b);
      ${add('Even', 'even')}
      ${add('Odd', 'even + 1')}
    }
  }
}`,
  };
}

const term = (reset: boolean, index: number): string =>
  reset
    ? `gates * vec4(state[${index}], state[${index}], reset[${index}], 0.0)`
    : `gates * state[${index}]`;

/** Adds the runs up: values of a tensor with a row per unit of the state, from `firstRow` on. */
export function totalShader({ cell }: RecurrentAttrs): Shader {
  return {
    tensors: [],
    textures: ['partial0', 'partial1', 'partial2', 'partial3'],
    ints: ['units', 'quads', 'runs', 'firstRow', 'textureWidth'],
    outputs: 1,
    fragment: `
vec4 partial(int which, ivec2 at) {
  if (which == 0) return texelFetch(partial0, at, 0);
  if (which == 1) return texelFetch(partial1, at, 0);
  if (which == 2) return texelFetch(partial2, at, 0);
  return texelFetch(partial3, at, 0);
}

void main() {
  int index = int(gl_FragCoord.y) * textureWidth + int(gl_FragCoord.x);
  int width = ${GATES[cell]} * units;
  int k = firstRow + index / width;
  // A texture may be larger than its tensor.
  if (k > units) return;
  int column = index % width;
  vec4 sum = vec4(0.0);
  for (int run = 0; run < runs; run++) {
    sum += partial(k % 4, ivec2(column % units, run * quads + k / 4));
  }
  result0.r = sum[column / units];
}`,
  };
}
