import { execFileSync } from 'node:child_process';
import { SingleBar } from 'cli-progress';
import type { Dataset } from '../../src/core/dataset/loader/dataset.ts';
import { simdThreadCount } from '../../src/core/kernels/register.ts';
import type { ModelSettings } from '../../src/core/models/settings/index.ts';
import { Pipeline } from '../../src/core/pipeline.ts';
import type { CheckpointStore } from '../../src/core/training/checkpoints/store.ts';
import type { BatchEvent, TrainedEpochEvent } from '../../src/core/training/events.ts';
import { machine } from '../measure/machine.ts';
import { round } from './result.ts';
import type { EpochResult, SeedResult } from './result.ts';

/** What is kept of a run besides its state, in its checkpoints. */
interface Diary {
  readonly epochs: readonly EpochResult[];
  readonly seconds: number;
}

export interface SeedRun {
  /** With the weights of its best epoch. The caller disposes it. */
  readonly training: Pipeline;
  readonly result: SeedResult;
}

/**
 * Trains one seed to its end, saving as it goes, and reads the test reviews once.
 *
 * @param name of the run in the store
 * @param resume go on where the run stopped, if the store has it
 */
export async function trainSeed(
  dataset: Dataset,
  settings: ModelSettings,
  { name, store, resume }: { name: string; store: CheckpointStore; resume: boolean },
): Promise<SeedRun> {
  const training = new Pipeline(dataset, settings, 'all');
  const from = resume ? await store.load(name) : undefined;
  const diary = new RunDiary((from?.about as Diary | undefined) ?? { epochs: [], seconds: 0 });
  if (!from) await training.prepare();
  const run = training.run({
    saving: { store, run: name, everySeconds: 60 },
    about: diary,
    ...(from ? { from } : {}),
  });
  const bar = new SingleBar({
    format: `${name} {bar} {value}/{total} steps · {eta_formatted} left · loss {loss}`,
    etaBuffer: 200,
  });
  let bestEpoch = settings.training.epochs;
  let backend = '';
  for await (const event of run.start()) {
    if (event.type === 'batch') {
      backend = event.backend;
      show(bar, event);
    }
    if (event.type === 'epoch') diary.addEpoch(event);
    if (event.type === 'unsaved') console.warn(`\nNot saved: ${event.error.message}`);
    if (event.type === 'end' && event.restoredEpoch !== undefined) {
      bestEpoch = event.restoredEpoch + 1;
    }
  }
  bar.stop();
  const test = await training.evaluate(dataset.table('test'));
  const result = {
    seed: settings.training.seed,
    epochs: diary.epochs,
    bestEpoch,
    test: { ...test, loss: round(test.loss), accuracy: round(test.accuracy), auc: round(test.auc) },
    seconds: Math.round(diary.seconds),
    backend,
    ...(backend === 'simd' ? { threads: await simdThreadCount() } : {}),
    machine: machine(),
    code: execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim(),
  };
  await store.remove([name]);
  return { training, result };
}

/** Grows while the run goes on; each checkpoint holds it as it was then. */
class RunDiary implements Diary {
  readonly epochs: EpochResult[];
  #before: number;
  #epochStarted = performance.now();

  constructor({ epochs, seconds }: Diary) {
    this.epochs = [...epochs];
    this.#before = seconds;
  }

  get seconds(): number {
    return this.#before + (performance.now() - this.#epochStarted) / 1000;
  }

  addEpoch({ epoch, training, validation }: TrainedEpochEvent): void {
    const now = performance.now();
    const seconds = (now - this.#epochStarted) / 1000;
    this.#before += seconds;
    this.#epochStarted = now;
    this.epochs.push({
      epoch: epoch + 1,
      loss: round(training.loss),
      accuracy: round(training.accuracy),
      validationLoss: round(validation!.loss),
      validationAccuracy: round(validation!.accuracy),
      validationAuc: round(validation!.auc),
      seconds: round(seconds),
    });
  }

  /** What the checkpoint's codec sees. */
  toJSON(): Diary {
    return { epochs: this.epochs, seconds: this.seconds };
  }
}

function show(bar: SingleBar, { step, steps, batch }: BatchEvent): void {
  if (!bar.isActive) bar.start(steps, step, { loss: '' });
  bar.update(step, { loss: batch.loss.toFixed(3) });
}
