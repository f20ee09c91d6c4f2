import type * as tf from '@tensorflow/tfjs';
import type { TrainingEvent } from './events.ts';
import { Run } from './run.ts';
import type { RunControl } from './run-control.ts';
import type { BatchSource } from './run-options.ts';
import { ADAM, DEFAULT_TRAINING } from './settings.ts';

export interface FitOptions {
  readonly epochs: number;
  /** Adam's learning rate. */
  readonly learningRate: number;
  readonly training: BatchSource;
  readonly validation: BatchSource;
  readonly control?: RunControl;
}

/**
 * A plain {@link Run}: Adam on binary cross-entropy. Reports every batch and epoch. Ends early,
 * without an error, when `control` is stopped.
 *
 * @throws DivergedError when the loss is no longer a finite number
 */
export async function* fit(
  model: tf.LayersModel,
  { epochs, learningRate, training, validation, control }: FitOptions,
): AsyncGenerator<TrainingEvent, void, undefined> {
  const optimizer = { ...ADAM, learningRate };
  const settings = { ...DEFAULT_TRAINING, epochs, optimizer };
  const run = new Run({ model, settings, training, validation, ...(control ? { control } : {}) });
  for await (const event of run.start()) {
    if (event.type === 'batch' || event.type === 'epoch') yield event as TrainingEvent;
  }
}
