import { define, LiveElement } from '../live-element.ts';
import { describeEngine } from './engine-names.ts';
import { figure, megabytes, percent, percentOr, whole } from './format.ts';
import { log, notes, problem, started } from './lab-store.ts';
import { CURVE_PARTS, curveOf, newCurve } from './run-curves.ts';
import { describeStatus } from './run-status.ts';
import { tableRow } from './table-row.ts';

/** Everything a run tells: state, figures, curves, a table of the epochs, the engine. */
class LabRun extends LiveElement {
  protected connect(signal: AbortSignal): void {
    for (const part of CURVE_PARTS) {
      const plot = newCurve(part);
      this.child(part).replaceChildren(plot.element);
      signal.addEventListener('abort', () => plot.destroy());
      this.watch(() => plot.update(curveOf(part, log.value, clipOf())));
    }
    this.watch(() => this.#showStatus());
    this.watch(() => this.#showFigures());
    this.watch(() => this.#showEpochs());
    this.watch(() => this.#showEngine());
    this.child('visor').addEventListener('click', () => void openVisor(), { signal });
  }

  #showStatus(): void {
    this.#say('status', describeStatus());
    this.#say('notes', notes.value.join(' '));
    this.#say('problem', problem.value);
    this.child('problem').hidden = problem.value === '';
  }

  #showFigures(): void {
    const { last, loss, accuracy, epochs, clippedShare } = log.value;
    const validation = epochs.at(-1)?.validation;
    this.child<HTMLProgressElement>('progress').value = last ? last.step / last.steps : 0;
    this.#say('loss', loss.at(-1)?.[1].toFixed(3) ?? '–');
    this.#say('accuracy', percentOr(accuracy.at(-1)?.[1]));
    this.#say('validation', percentOr(validation?.accuracy));
    this.#say('auc', validation ? validation.auc.toFixed(3) : '–');
    this.#say('gradient', last ? figure(last.gradientNorm) : '–');
    this.#say('clipped', percentOr(clippedShare));
    this.#say('speed', last ? whole(last.reviewsPerSecond) : '–');
    this.#say('tokens', last ? whole(last.tokensPerSecond) : '–');
    this.#say('memory', last ? megabytes(last.memory.bytes) : '–');
  }

  #showEpochs(): void {
    const { epochs } = log.value;
    this.child('table').hidden = epochs.length === 0;
    this.child('rows').replaceChildren(
      ...epochs.map(({ epoch, training, validation }) =>
        tableRow(String(epoch + 1), [
          training.loss.toFixed(3),
          percent(training.accuracy),
          validation ? validation.loss.toFixed(3) : '–',
          percentOr(validation?.accuracy),
          validation ? validation.auc.toFixed(3) : '–',
        ]),
      ),
    );
  }

  #showEngine(): void {
    const run = started.value;
    this.child('visor').hidden = this.child('engine').hidden = run === undefined;
    if (!run) return;
    const { engine, layers, trainReviews, validationReviews } = run;
    const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    this.#say(
      'engine',
      `${describeEngine(engine)} ` +
        `${whole(parameters)} parameters; ${whole(trainReviews)} reviews to train on, ` +
        `${whole(validationReviews)} held out.`,
    );
  }

  /** Text that has not changed is not said again. */
  #say(part: string, text: string): void {
    const place = this.child(part);
    if (place.textContent !== text) place.textContent = text;
  }
}

/** The norm that all gradients together are clipped to. */
function clipOf(): number | undefined {
  const training = started.value?.settings.training;
  return training?.clipping === 'global_clipnorm' ? training.clip : undefined;
}

async function openVisor(): Promise<void> {
  const run = started.value;
  if (!run) return;
  const { showRun } = await import('./visor.ts');
  await showRun(run.layers, log.value);
}

define('lab-run', LabRun);
