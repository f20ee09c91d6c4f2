import type * as tf from '@tensorflow/tfjs';
import type { RecurrentAttrs, RecurrentBackwardInputs, RecurrentSizes } from '../spec/recurrent.ts';
import type { Plane } from './backend.ts';
import type { Draws } from './draws.ts';
import { historyShader, partialShader, resetsState, totalShader } from './kernel-gradient.glsl.ts';
import type { SlabSequence } from './slabs.ts';

/** Timesteps (over the batch) that one texel adds up: enough work for it, enough texels for a GPU. */
const RUN_LENGTH = 256;

interface KernelGradient {
  /** [units, width] */
  readonly kernel: tf.TensorInfo;
  /** [width], or [0] for a cell without a recurrent bias. */
  readonly bias: tf.TensorInfo;
}

/** The gradients of the recurrent kernel and its bias, from those of the gates. */
export function kernelGradient(
  draws: Draws,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  sizes: RecurrentSizes,
  gates: SlabSequence,
): KernelGradient {
  const { units, width, steps, batch } = sizes;
  const { layout } = gates;
  const { pairs } = layout;
  const biased = inputs.recurrentBias !== undefined;
  const quads = Math.ceil((units + (biased ? 1 : 0)) / 4);
  const histories = packHistories(draws, inputs, attrs, steps, gates, quads);

  const mostRuns = Math.floor(draws.maxSize / quads);
  const pairsPerRun = Math.max(Math.ceil(RUN_LENGTH / (2 * batch)), Math.ceil(pairs / mostRuns));
  const runs = Math.ceil(pairs / pairsPerRun);
  const partials = Array.from({ length: 4 }, () => draws.scratch(units, runs * quads, 4));
  draws.draw(draws.program(partialShader(attrs)), {
    target: draws.target(partials),
    planes: {
      historyEven: histories[0],
      historyOdd: histories[1],
      resetEven: histories[2],
      resetOdd: histories[3],
      gatesEven: gates.slabs[0],
      gatesOdd: gates.slabs[1],
    },
    ints: { ...layout, steps, quads, pairsPerRun },
  });

  const total = (shape: number[], firstRow: number): tf.TensorInfo => {
    const { tensor, target } = draws.output(shape);
    draws.draw(draws.program(totalShader(attrs)), {
      target,
      planes: Object.fromEntries(partials.map((plane, index) => [`partial${index}`, plane])),
      ints: { units, quads, runs, firstRow, textureWidth: target.width },
    });
    return tensor;
  };
  return {
    kernel: total([units, width], 0),
    bias: biased ? total([width], units) : draws.empty(),
  };
}

function packHistories(
  draws: Draws,
  inputs: RecurrentBackwardInputs<tf.TensorInfo>,
  attrs: RecurrentAttrs,
  steps: number,
  { layout, order }: SlabSequence,
  quads: number,
): Plane[] {
  const reset = resetsState(attrs);
  const { recurrentDropout } = inputs;
  const columns = layout.width / layout.units;
  const histories = Array.from({ length: reset ? 4 : 2 }, () =>
    draws.scratch(columns * quads, layout.height, 4),
  );
  draws.draw(draws.program(historyShader(attrs, recurrentDropout !== undefined)), {
    target: draws.target(histories),
    planes: {
      h: draws.input(inputs.h),
      h0: draws.input(inputs.h0),
      gates: reset ? draws.input(inputs.gates) : undefined,
      recurrentDropout: recurrentDropout && draws.input(recurrentDropout),
    },
    ints: { ...layout, ...order, steps, quads },
  });
  return histories;
}
