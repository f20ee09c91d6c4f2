import { linkPlots } from '../../plots/frame/create-plot.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { percent, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { Inspection } from './inspection.ts';
import { sigmoid } from './layer-view.ts';
import type { PanelHost } from './panel.ts';
import { pathPanel } from './path-panel.ts';
import { readingPanel, wordsPanel } from './reading-panel.ts';
import { statesPanel } from './states-panel.ts';
import { unitPanel } from './unit-panel.ts';

/** Looks into one model while it reads one review: {@link InspectorPane.inspection} says which. */
export class InspectorPane extends LiveElement {
  readonly inspection = new Inspection();

  protected connect(signal: AbortSignal): void {
    const { inspection } = this;
    const host: PanelHost = {
      inspection,
      signal,
      find: (name) => this.child(name),
      watch: (render) => this.watch(render),
    };
    const panels = [readingPanel, statesPanel, unitPanel, pathPanel, wordsPanel];
    const plots: Plot<never>[] = panels.flatMap((panel) => panel(host));
    linkPlots(plots);
    signal.addEventListener('abort', () => inspection.stop());
    this.watch(() => this.#showVerdict());
    this.watch(() => this.#showLimits());
    this.watch(() => {
      this.child('busy').textContent = inspection.busy.value;
      const problem = this.child('problem');
      problem.textContent = inspection.problem.value;
      problem.hidden = inspection.problem.value === '';
    });
    this.watch(() => this.#showNeighbours());
  }

  #showVerdict(): void {
    const { subject, review } = this.inspection;
    this.child('name').textContent = subject.value?.name ?? 'No model yet';
    const inspected = review.value;
    this.toggleAttribute('data-empty', !inspected);
    this.child('verdict').textContent = inspected ? verdictOf(inspected.logit) : '';
    const cut = inspected?.cut ?? 0;
    this.child('cut').textContent =
      cut === 0 ? '' : `${whole(cut)} tokens did not fit into its length and were cut.`;
  }

  /** Says what a model can't show, and hides the panels that would be empty. */
  #showLimits(): void {
    const { description, review } = this.inspection;
    const layers = review.value?.layers ?? [];
    const adds = layers.every((layer) => layer.adds);
    const hasStates = layers.length > 0 && !adds;
    const note = this.child('limits');
    note.hidden = !review.value || hasStates;
    note.textContent = description.value?.bag
      ? 'A bag of words has no memory: it adds up a weight for each word and pair of words, in any ' +
        'order. So it has no states, no gates and no units to show; what each word adds is below.'
      : 'This model has no recurrent layer whose states could be shown; what each word adds is below.';
    for (const part of ['states-panel', 'unit-panel', 'path-panel']) {
      this.child(part).hidden = review.value !== undefined && !hasStates;
    }
  }

  #showNeighbours(): void {
    const asked = this.inspection.neighbours.value;
    const place = this.child('neighbours');
    if (!asked) {
      place.textContent =
        'Choose a word of the review to see which words have vectors like its own.';
      return;
    }
    const { word, found, problem } = asked;
    const list = found.map((one) => `${one.word} ${one.similarity.toFixed(2)}`).join(', ');
    place.textContent = problem || `Nearest to “${word}”, by the cosine of their vectors: ${list}.`;
  }
}

function verdictOf(logit: number): string {
  const probability = sigmoid(logit);
  const sure = percent(Math.max(probability, 1 - probability));
  const sign = logit < 0 ? '−' : '+';
  const side = probability >= 0.5 ? 'Positive' : 'Negative';
  return `${side}, says the model: ${sure} sure (logit ${sign}${Math.abs(logit).toFixed(2)}).`;
}

define('inspector-pane', InspectorPane);
