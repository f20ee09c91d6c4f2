import type * as tf from '@tensorflow/tfjs';
import { RECURRENT_BACKWARD } from '../spec/recurrent.ts';
import type { RecurrentAttrs, RecurrentBackwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import { backwardShader, candidateShader, startGradientShader } from './backward.glsl.ts';
import type { Draws } from './draws.ts';
import { orderOf, timestepOf } from './order.ts';
import type { Order } from './order.ts';
import { packKernel } from './pack-kernel.ts';
import { layoutSlabs, makeSlabs, regionOf } from './slabs.ts';
import type { SlabLayout, Slabs } from './slabs.ts';

/** Gradients that the way back through time leaves. */
interface ThroughTime {
  /** Of the gates before activation, from entry 1 on. */
  readonly gates: Slabs;
  /** Of h and c (the first two channels); entry 0 is the state before the first step. */
  readonly totals: Slabs;
  readonly layout: SlabLayout;
  readonly order: Order;
}

/** Draws the way back through time, from the step that was read last. */
export function backThroughTime(
  draws: Draws,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  sizes: RecurrentSizes,
): ThroughTime {
  const { batch, steps, units } = sizes;
  const layout = layoutSlabs(RECURRENT_BACKWARD, sizes, draws.maxSize);
  const order = orderOf(attrs, steps);
  const { dc, mask, recurrentDropout } = inputs;
  const variant = {
    attrs,
    masked: mask !== undefined,
    dropped: recurrentDropout !== undefined,
    withCellGradient: dc !== undefined,
  };
  const input = (tensor: tf.TensorInfo | undefined) =>
    tensor && !tensor.shape.includes(0) ? draws.input(tensor) : undefined;

  const gates = makeSlabs(draws, layout);
  const totals = makeSlabs(draws, layout);
  const candidate =
    attrs.cell === 'GRU' && !attrs.resetAfter ? draws.scratch(units, batch, 4) : undefined;
  const planes = {
    dh: input(inputs.dh),
    dc: input(dc),
    h: input(inputs.h),
    c: input(inputs.c),
    gates: input(inputs.gates),
    inner: input(inputs.inner),
    h0: input(inputs.h0),
    c0: input(inputs.c0),
    mask: input(mask),
    recurrentDropout: input(recurrentDropout),
    kernel: packKernel(draws, inputs, attrs, sizes),
    candidate,
  };
  const step = draws.program(backwardShader(variant));
  const firstHalf = candidate && {
    program: draws.program(candidateShader(variant)),
    target: draws.target([candidate]),
  };
  const targets = ([0, 1] as const).map((parity) => draws.target([gates[parity], totals[parity]]));
  const readAt = (entry: number) => {
    const parity = entry % 2 === 0 ? 1 : 0;
    return {
      planes: { ...planes, nextGates: gates[parity], nextTotals: totals[parity] },
      ints: { ...layout, steps, entry, timestep: timestepOf(order, entry), stride: order.stride },
    };
  };
  for (let entry = steps; entry >= 1; entry--) {
    const read = readAt(entry);
    if (firstHalf) draws.draw(firstHalf.program, { target: firstHalf.target, ...read });
    draws.draw(step, { target: targets[entry % 2]!, region: regionOf(layout, entry), ...read });
  }
  draws.draw(draws.program(startGradientShader(variant)), {
    target: draws.target([totals[0]]),
    region: regionOf(layout, 0),
    ...readAt(0),
  });
  return { gates, totals, layout, order };
}
