import { duration, percent, percentOr } from './format.ts';
import { log, outcome, phase, prepared } from './lab-store.ts';

/** How the run stands, in a sentence. */
export function describeStatus(): string {
  const { last, bestAccuracy } = log.value;
  const epoch = `epoch ${(last?.epoch ?? 0) + 1}`;
  switch (phase.value) {
    case 'loading':
      return prepared.value === undefined
        ? 'Getting ready: data, engine, first weights …'
        : `Learning word vectors from the reviews, ${percent(prepared.value)} …`;
    case 'testing':
      return 'Testing the engines …';
    case 'reading':
      return 'Reading the test set …';
    case 'running':
      return last
        ? `Training, ${epoch}. About ${duration(last.secondsLeft)} to go.`
        : 'Training begins …';
    case 'paused':
      return `Paused in ${epoch}.`;
    case 'stopping':
      return 'Stopping after this batch …';
    case 'idle':
      break;
  }
  switch (outcome.value) {
    case 'none':
      return 'Nothing has run yet. Press Train.';
    case 'finished':
      return `Finished. At best, ${percentOr(bestAccuracy)} of the held-out reviews are judged right.`;
    case 'stopped':
      return last ? `Stopped in ${epoch}. The model keeps what it has learnt.` : 'Stopped.';
    case 'failed':
      return 'The run has failed.';
  }
}
