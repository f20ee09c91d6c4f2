import type { DecaySettings, TrainingSettings } from '../settings.ts';

/**
 * The learning rate of a step, as Keras's schedules give it (ExponentialDecay, the same with
 * `staircase`, CosineDecay with its linear warm-up).
 *
 * @param step steps before this one
 * @param steps of the whole run
 */
export function learningRateAt(
  { optimizer, warmupSteps, decay }: TrainingSettings,
  step: number,
  steps: number,
): number {
  const { learningRate } = optimizer;
  if (step < warmupSteps) return (learningRate * step) / warmupSteps;
  return learningRate * decayAt(decay, step - warmupSteps, Math.max(1, steps - warmupSteps));
}

function decayAt(decay: DecaySettings, step: number, steps: number): number {
  switch (decay.kind) {
    case 'constant':
      return 1;
    case 'exponential':
      return decay.rate ** (step / decay.steps);
    case 'step':
      return decay.factor ** Math.floor(step / decay.steps);
    case 'cosine': {
      const done = Math.min(1, step / (decay.steps ?? steps));
      return decay.alpha + ((1 - decay.alpha) * (1 + Math.cos(Math.PI * done))) / 2;
    }
  }
}
