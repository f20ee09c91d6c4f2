import type * as tf from '@tensorflow/tfjs';
import { activationsOf } from '../training/telemetry/state-watch.ts';
import { GATE_NAMES, recurrentLayers } from './recurrent-layers.ts';
import type { GateName, RecurrentLayer } from './recurrent-layers.ts';
import type { ReviewRow } from './rows.ts';

/** What one recurrent layer does while it reads: T timesteps, U units. Row-major, [T, U]. */
export interface LayerStates extends Pick<
  RecurrentLayer,
  'name' | 'cell' | 'units' | 'backwards' | 'adds'
> {
  /** The hidden state after each timestep. */
  readonly h: Float32Array;
  /** The cell state, LSTM alone. */
  readonly c?: Float32Array;
  /** Each after its activation. */
  readonly gates: readonly { readonly name: GateName; readonly values: Float32Array }[];
}

/**
 * States and gates of every recurrent layer while it reads one review, from the input to the output.
 * Layers that the fused kernels can't compute are left out: nobody sees their states.
 */
export async function statesOf(model: tf.LayersModel, { ids }: ReviewRow): Promise<LayerStates[]> {
  const seen = await activationsOf(model, { ids, shape: [1, ids.length] });
  const layers = new Map(recurrentLayers(model).map((layer) => [layer.name, layer]));
  return seen.flatMap(({ layer: name, h, c, gates }) => {
    const layer = layers.get(name);
    if (!layer) return [];
    const { cell, units, backwards, adds } = layer;
    const names = GATE_NAMES[cell];
    return [
      {
        name,
        cell,
        units,
        backwards,
        adds,
        h: h.slice(),
        ...(c ? { c: c.slice() } : {}),
        gates: gates
          ? names.map((gate, at) => ({
              name: gate,
              values: block(gates, names.length * units, at * units, units),
            }))
          : [],
      },
    ];
  });
}

/** Some columns of a matrix. */
function block(values: Float32Array, width: number, from: number, columns: number): Float32Array {
  const rows = values.length / width;
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const start = row * width + from;
    out.set(values.subarray(start, start + columns), row * columns);
  }
  return out;
}
