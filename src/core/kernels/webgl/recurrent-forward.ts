import type * as tf from '@tensorflow/tfjs';
import { checkForward, GATES, RECURRENT_FORWARD } from '../spec/recurrent.ts';
import type { RecurrentAttrs, RecurrentForwardInputs } from '../spec/recurrent.ts';
import type { WebglBackend } from './backend.ts';
import { Draws } from './draws.ts';
import { forwardShader, resetShader } from './forward.glsl.ts';
import { orderOf, timestepOf } from './order.ts';
import { packKernel } from './pack-kernel.ts';
import type { Shader } from './shader.ts';
import { layoutSlabs, makeSlabs, regionOf } from './slabs.ts';
import { unpackSlabs } from './unpack-slabs.ts';

/**
 * `RecurrentForward` on WebGL 2: a draw per step (two for GRU's first form). Rows that do not exist
 * read arbitrary values: they are on the GPU, where nothing can throw.
 *
 * @returns h, c, gates and inner, as the specification has them
 * @throws KernelShapeError if shapes don't fit each other or the device
 * @throws ContextLostError if the context is gone
 */
export function recurrentForward(
  backend: WebglBackend,
  inputs: RecurrentForwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
): tf.TensorInfo[] {
  const draws = new Draws(backend, RECURRENT_FORWARD);
  try {
    return drawForward(draws, inputs, attrs);
  } finally {
    draws.finish();
  }
}

function drawForward(
  draws: Draws,
  inputs: RecurrentForwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
): tf.TensorInfo[] {
  const sizes = checkForward(inputs, attrs);
  const { batch, steps, units, width } = sizes;
  const { cell, resetAfter } = attrs;
  const { rows, mask, c0, recurrentDropout } = inputs;
  const dropped = recurrentDropout !== undefined;
  const layout = layoutSlabs(RECURRENT_FORWARD, sizes, draws.maxSize);
  const order = orderOf(attrs, steps);
  const resetBefore = cell === 'GRU' && !resetAfter;

  const states = makeSlabs(draws, layout);
  const gates = cell === 'SimpleRNN' ? undefined : makeSlabs(draws, layout);
  const reset = resetBefore ? draws.scratch(units, batch, 4) : undefined;
  const planes = {
    projections: draws.input(inputs.projections),
    rows: rows && draws.input(rows),
    mask: mask && draws.input(mask),
    recurrentDropout: recurrentDropout && draws.input(recurrentDropout),
    kernel: packKernel(draws, inputs, attrs, sizes),
    reset,
  };
  draws.draw(draws.program(startShader(c0 !== undefined, dropped)), {
    target: draws.target([states[0]]),
    planes: { ...planes, h0: draws.input(inputs.h0), c0: c0 && draws.input(c0) },
    ints: { units },
    region: regionOf(layout, 0),
  });

  const variant = { attrs, withRows: rows !== undefined, masked: mask !== undefined, dropped };
  const step = draws.program(forwardShader(variant));
  const firstHalf = reset && {
    program: draws.program(resetShader(variant)),
    target: draws.target([reset]),
  };
  const targets = ([0, 1] as const).map((parity) =>
    draws.target(gates ? [states[parity], gates[parity]] : [states[parity]]),
  );
  for (let entry = 1; entry <= steps; entry++) {
    const read = { ...planes, states: states[entry % 2 === 0 ? 1 : 0] };
    const ints = { ...layout, steps, entry, timestep: timestepOf(order, entry) };
    if (firstHalf) {
      draws.draw(firstHalf.program, { target: firstHalf.target, planes: read, ints });
    }
    const target = targets[entry % 2]!;
    draws.draw(step, { target, planes: read, ints, region: regionOf(layout, entry) });
  }

  const shape = [batch, steps, units];
  const state = (channel: number) =>
    unpackSlabs(draws, shape, { slabs: states, layout, order, steps, channel });
  return [
    state(0),
    cell === 'LSTM' ? state(1) : draws.empty(),
    gates
      ? unpackSlabs(draws, [batch, steps, width], {
          slabs: gates,
          layout,
          order,
          steps,
          gates: GATES[cell],
        })
      : draws.empty(),
    cell === 'GRU' && resetAfter ? state(2) : draws.empty(),
  ];
}

/** The state before the first step. Its slab starts at the origin of its texture. */
const startShader = (withCell: boolean, dropped: boolean): Shader => ({
  tensors: ['h0', ...(withCell ? ['c0'] : []), ...(dropped ? ['recurrentDropout'] : [])],
  textures: [],
  ints: ['units'],
  outputs: 1,
  fragment: `
void main() {
  int index = int(gl_FragCoord.y) * units + int(gl_FragCoord.x);
  float h = h0At(index);
  result0 = vec4(h, ${withCell ? 'c0At(index)' : '0.0'}, 0.0, h${dropped ? ' * recurrentDropoutAt(index)' : ''});
}`,
});
