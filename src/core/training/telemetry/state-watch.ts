import * as tf from '@tensorflow/tfjs';
import { observeRecurrent } from '../../layers/observe.ts';
import type { RecurrentObserver, RecurrentStates } from '../../layers/observe.ts';
import type { Activations, PinnedReviews, StateGradientNorms } from './telemetry.ts';

/** Collects ‖∂L/∂h_t‖ in a backward pass. */
export class StateGradientWatch {
  readonly #norms: { layer: string; norms: tf.Tensor }[] = [];

  readonly observer: RecurrentObserver = {
    onStateGradients: (layer, { dh }) => {
      const norms = tf.tidy(() => dh.square().sum([0, 2]).sqrt());
      this.#norms.push({ layer, norms: tf.keep(norms) });
    },
  };

  /** From the input to the output; a second call gives none. */
  async collect(): Promise<StateGradientNorms[]> {
    const collected = this.#norms.splice(0);
    try {
      const read = collected.map(async ({ layer, norms }) => ({
        layer,
        norms: await norms.data<'float32'>(),
      }));
      // The backward pass met the last layer first.
      return (await Promise.all(read)).toReversed();
    } finally {
      tf.dispose(collected.map(({ norms }) => norms));
    }
  }
}

/** States and gates of every recurrent layer over some reviews. */
export async function activationsOf(
  model: tf.LayersModel,
  { ids, shape }: PinnedReviews,
): Promise<Activations[]> {
  const seen: (RecurrentStates & { layer: string })[] = [];
  const onStates = (layer: string, { h, c, gates }: RecurrentStates): void => {
    const kept = { h: tf.keep(h.clone()), c: c && tf.keep(c.clone()) };
    seen.push({ layer, ...kept, gates: gates && tf.keep(gates.clone()) });
  };
  tf.tidy(() => {
    const input = tf.tensor2d(ids, [...shape], 'int32');
    observeRecurrent({ onStates }, () => model.apply(input, { training: false }));
  });
  try {
    return await Promise.all(
      seen.map(async ({ layer, h, c, gates }) => ({
        layer,
        shape: h.shape,
        h: await h.data<'float32'>(),
        ...(c ? { c: await c.data<'float32'>() } : {}),
        ...(gates ? { gates: await gates.data<'float32'>() } : {}),
      })),
    );
  } finally {
    for (const { h, c, gates } of seen) tf.dispose([h, c, gates].filter((x) => x !== undefined));
  }
}
