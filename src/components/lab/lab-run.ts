import { linePlot } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { duration, percent, whole } from './format.ts';
import { history, outcome, phase, problem, started } from './lab-store.ts';

const ENGINE_NAMES = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  simd: 'SIMD on the processor',
  cpu: 'JavaScript',
} as const;

/** Everything a run tells: state, figures, curves, a table of the epochs, the engine. */
class LabRun extends LiveElement {
  protected connect(signal: AbortSignal): void {
    this.watch(() => this.#showStatus());
    this.watch(() => this.#showFigures());
    this.watch(() => this.#showCurves());
    this.watch(() => this.#showEpochs());
    this.watch(() => this.#showEngine());
    const resized = new ResizeObserver(() => this.#showCurves());
    resized.observe(this);
    signal.addEventListener('abort', () => resized.disconnect());
    this.child('visor').addEventListener('click', () => void openVisor(), { signal });
  }

  #showStatus(): void {
    this.child('status').textContent = describeStatus();
    this.child('problem').textContent = problem.value;
    this.child('problem').hidden = problem.value === '';
  }

  #showFigures(): void {
    const { last, loss, accuracy, epochs } = history.value;
    const validation = epochs.at(-1)?.validation;
    this.child<HTMLProgressElement>('progress').value = last ? last.step / last.steps : 0;
    this.child('loss').textContent = loss.at(-1)?.[1].toFixed(3) ?? '–';
    this.child('accuracy').textContent = percentOr(accuracy.at(-1)?.[1]);
    this.child('validation').textContent = percentOr(validation?.accuracy);
    this.child('speed').textContent = last ? whole(last.reviewsPerSecond) : '–';
  }

  #showCurves(): void {
    const { last, loss, accuracy, epochs } = history.value;
    const x = { label: 'step', max: last?.steps ?? 100 };
    const dots = epochs.map(({ step, validation }) => [step, validation.loss] as const);
    const highest = Math.max(...[...loss, ...dots].map(([, value]) => value));
    linePlot(this.child<SVGSVGElement>('loss-plot'), {
      title: 'Loss',
      x,
      y: { min: 0, max: Math.max(0.8, 1.05 * highest) },
      line: loss,
      dots,
      guide: { value: Math.LN2, label: 'guessing' },
    });
    linePlot(this.child<SVGSVGElement>('accuracy-plot'), {
      title: 'Accuracy',
      x,
      y: { min: 0.4, max: 1, percent: true },
      line: accuracy,
      dots: epochs.map(({ step, validation }) => [step, validation.accuracy]),
      guide: { value: 0.5, label: 'guessing' },
    });
  }

  #showEpochs(): void {
    const { epochs } = history.value;
    this.child('table').hidden = epochs.length === 0;
    this.child('rows').replaceChildren(
      ...epochs.map(({ epoch, training, validation }) => {
        const row = document.createElement('tr');
        const head = document.createElement('th');
        head.scope = 'row';
        head.textContent = String(epoch + 1);
        row.append(head);
        for (const text of [
          training.loss.toFixed(3),
          percent(training.accuracy),
          validation.loss.toFixed(3),
          percent(validation.accuracy),
        ]) {
          row.insertCell().textContent = text;
        }
        return row;
      }),
    );
  }

  #showEngine(): void {
    const run = started.value;
    this.child('visor').hidden = this.child('engine').hidden = run === undefined;
    if (!run) return;
    const { engine, layers, trainReviews, validationReviews } = run;
    const parameters = layers.reduce((sum, layer) => sum + layer.parameters, 0);
    this.child('engine').textContent =
      `Engine: ${ENGINE_NAMES[engine.backend]}. ${engine.reason} ` +
      `${whole(parameters)} parameters; ${whole(trainReviews)} reviews to train on, ` +
      `${whole(validationReviews)} held out.`;
  }
}

function describeStatus(): string {
  const { last, epochs } = history.value;
  const epoch = last ? `epoch ${last.epoch + 1}` : 'epoch 1';
  switch (phase.value) {
    case 'loading':
      return 'Getting ready: data, engine, first weights …';
    case 'running':
      return last ? `Training, ${epoch}. ${remaining()}` : 'Training begins …';
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
      return `Finished. ${percentOr(epochs.at(-1)?.validation.accuracy)} of the held-out reviews are judged right.`;
    case 'stopped':
      return last ? `Stopped in ${epoch}. The model keeps what it has learnt.` : 'Stopped.';
    case 'failed':
      return 'The run has failed.';
  }
}

function remaining(): string {
  const { last } = history.value;
  const settings = started.value?.settings;
  if (!last || !settings) return '';
  const reviews = (last.steps - last.step) * settings.batchSize;
  return `About ${duration(reviews / last.reviewsPerSecond)} to go.`;
}

const percentOr = (share: number | undefined): string =>
  share === undefined ? '–' : percent(share);

async function openVisor(): Promise<void> {
  const run = started.value;
  if (!run) return;
  const { showRun } = await import('./visor.ts');
  await showRun(run.layers, history.value);
}

define('lab-run', LabRun);
