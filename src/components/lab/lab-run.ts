import type { Plot } from '../../plots/frame/types.ts';
import { linePlot } from '../../plots/line.ts';
import type { LineData, LineOptions, Point } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeEngine } from './engine-names.ts';
import { duration, percent, whole } from './format.ts';
import { history, outcome, phase, problem, started } from './lab-store.ts';

const x = { label: 'step' };
/** The curves; the page has their figures in tables of its own. */
const LOSS_AND_ACCURACY: readonly { readonly part: string; readonly options: LineOptions }[] = [
  {
    part: 'loss-plot',
    options: { title: 'Loss by step', table: false, x, y: { include: [0, 0.8] } },
  },
  {
    part: 'accuracy-plot',
    options: {
      title: 'Accuracy by step',
      table: false,
      x,
      y: { format: '.0%', include: [0.4, 1] },
    },
  },
];

/** Everything a run tells: state, figures, curves, a table of the epochs, the engine. */
class LabRun extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const plots = LOSS_AND_ACCURACY.map(({ part, options }) => {
      const plot = linePlot({ series: [] }, options);
      this.child(part).replaceChildren(plot.element);
      return plot;
    });
    signal.addEventListener('abort', () => plots.forEach((plot) => plot.destroy()));
    this.watch(() => this.#showStatus());
    this.watch(() => this.#showFigures());
    this.watch(() => showCurves(plots));
    this.watch(() => this.#showEpochs());
    this.watch(() => this.#showEngine());
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
      `${describeEngine(engine)} ` +
      `${whole(parameters)} parameters; ${whole(trainReviews)} reviews to train on, ` +
      `${whole(validationReviews)} held out.`;
  }
}

function showCurves([lossPlot, accuracyPlot]: readonly Plot<LineData>[]): void {
  const { last, loss, accuracy, epochs } = history.value;
  const curves = (
    training: readonly Point[],
    metric: 'loss' | 'accuracy',
    guessing: number,
  ): LineData => ({
    series: [
      { name: 'training', points: training },
      {
        name: 'held out',
        points: epochs.map(({ step, validation }) => [step, validation[metric]]),
        color: 'var(--accent)',
        dots: true,
      },
    ],
    xMax: last?.steps ?? 100,
    guides: [{ value: guessing, label: 'guessing' }],
  });
  lossPlot!.update(curves(loss, 'loss', Math.LN2));
  accuracyPlot!.update(curves(accuracy, 'accuracy', 0.5));
}

function describeStatus(): string {
  const { last, epochs } = history.value;
  const epoch = last ? `epoch ${last.epoch + 1}` : 'epoch 1';
  switch (phase.value) {
    case 'loading':
      return 'Getting ready: data, engine, first weights …';
    case 'testing':
      return 'Testing the engines …';
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
