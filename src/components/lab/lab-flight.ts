import { linePlot } from '../../plots/line.ts';
import type { LineData } from '../../plots/line.ts';
import type { Divergence } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { figure, whole } from './format.ts';
import { divergence, phase, replayWithClipping } from './lab-store.ts';
import { tableRow } from './table-row.ts';

/** What the last steps of a run were before it diverged, and the way back. */
class LabFlight extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const plot = linePlot(
      { series: [] },
      {
        title: 'Gradient norm and loss of the last steps',
        table: false,
        x: { label: 'step' },
        y: { scale: 'log' },
      },
    );
    this.child('plot').replaceChildren(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
    const replay = this.child<HTMLButtonElement>('replay');
    replay.addEventListener('click', () => void replayWithClipping(), { signal });
    this.watch(() => {
      const diverged = divergence.value;
      this.hidden = diverged === undefined;
      if (!diverged) return;
      plot.update(lastSteps(diverged));
      this.#show(diverged);
    });
    this.watch(() => (replay.disabled = phase.value !== 'idle'));
  }

  #show({ trouble, record, lastGoodStep }: Divergence): void {
    const where = trouble.variable === undefined ? '' : ` in ${trouble.variable}`;
    this.child('trouble').textContent =
      `The trouble began at step ${whole(trouble.step)}${where}. ` +
      `These are the last ${record.steps.length} steps; what came next would only have spread it.`;
    this.child('rows').replaceChildren(
      ...record.steps
        .toReversed()
        .map((step) =>
          tableRow(whole(step.step), [
            figure(step.loss),
            figure(Math.hypot(...step.gradientNorms)),
            figure(step.clippedNorm),
            figure(step.learningRate),
          ]),
        ),
    );
    const replay = this.child('replay');
    replay.hidden = lastGoodStep === undefined;
    replay.textContent = `Replay from step ${whole(lastGoodStep ?? 0)} with clipping`;
  }
}

function lastSteps({ trouble, record: { steps } }: Divergence): LineData {
  return {
    series: [
      {
        name: 'gradient norm',
        points: steps.map(({ step, gradientNorms }) => [step, Math.hypot(...gradientNorms)]),
      },
      {
        name: 'loss',
        points: steps.map(({ step, loss }) => [step, loss]),
        color: 'var(--accent)',
      },
    ],
    markers: [{ x: trouble.step, label: 'it begins' }],
  };
}

define('lab-flight', LabFlight);
