import { dissectStep } from '../inspect/step-anatomy.ts';
import type { AnatomyRequest, StepAnatomy } from '../inspect/step-anatomy.ts';
import type { Pipeline } from '../pipeline.ts';
import { RunControl } from '../training/run-control.ts';

/**
 * Trains a new model up to a step and takes that one apart instead of taking it.
 *
 * @param step from 1
 * @param control stops it on the way
 * @returns undefined if stopped
 * @throws RangeError when there is no such step, its gradient is no longer a number, or the optimizer
 * does not go straight against the gradient
 * @throws DivergedError when the run goes wrong before it
 */
export async function dissectStepOf(
  pipeline: Pipeline,
  step: number,
  look: Omit<AnatomyRequest, 'learningRate'>,
  control = new RunControl(),
): Promise<StepAnatomy | undefined> {
  const { model, reviews, settings } = pipeline;
  const { optimizer, momentum, learningRate, epochs } = settings.training;
  if (optimizer !== 'sgd' || momentum !== 0) {
    throw new RangeError(
      `A step is taken apart for sgd without momentum, not for ${optimizer} with ${momentum}.`,
    );
  }
  const batches = reviews.training();
  const last = batches.size * epochs;
  if (!(Number.isSafeInteger(step) && step >= 1 && step <= last)) {
    throw new RangeError(`step must be a whole number from 1 to ${last}, not ${step}.`);
  }
  const before = step - 1;
  const training = new RunControl();
  if (before > 0) {
    for await (const event of pipeline.run({ control: training }).start()) {
      const done = event.type === 'batch' && event.step === before;
      if (done || control.state === 'stopped') training.stop();
    }
  }
  if (control.state === 'stopped') return undefined;
  const [batch] = batches.epoch(Math.floor(before / batches.size), before % batches.size);
  return dissectStep(model, batch!, { ...look, learningRate });
}
