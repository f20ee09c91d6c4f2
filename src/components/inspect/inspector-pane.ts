import { linkPlots } from '../../plots/frame/create-plot.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { percent, signed, whole } from '../lab/format.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import { inTurn, watchInTurn } from './in-turn.ts';
import type { Inspection } from './inspection.ts';
import { sharedInspection } from './shared-inspection.ts';
import { sigmoid } from './layer-view.ts';
import type { PanelHost } from './panel.ts';
import { pathPanel } from './path-panel.ts';
import { readingPanel, wordsPanel } from './reading-panel.ts';
import { statesPanel } from './states-panel.ts';
import { unitPanel } from './unit-panel.ts';

const PANELS = [
  ['tokens', readingPanel],
  ['states', statesPanel],
  ['trace', unitPanel],
  ['path', pathPanel],
  ['occlusion', wordsPanel],
] as const;

/** Looks into one model while it reads one review: {@link InspectorPane.inspection} says which. */
export class InspectorPane extends LiveElement {
  /** Panes of one name on a page look at the same thing. */
  get inspection(): Inspection {
    return sharedInspection(this.dataset['shares'] ?? this.id);
  }

  protected connect(signal: AbortSignal): void {
    const { inspection } = this;
    const host: PanelHost = {
      inspection,
      signal,
      find: (name) => this.child(name),
      watch: (render) => watchInTurn(render, signal),
    };
    this.#connectPanels(host);
    signal.addEventListener('abort', () => inspection.stop());
    if (this.querySelector('[data-part="neighbours"]')) this.watch(() => this.#showNeighbours());
    this.watch(() => this.#hideEmpty());
    if (!this.querySelector('[data-part="verdict"]')) return;
    this.watch(() => this.#showVerdict());
    this.watch(() => this.#showLimits());
    this.child('retry').addEventListener('click', () => void inspection.retry(), { signal });
    this.watch(() => {
      this.child('busy').textContent = inspection.busy.value;
      this.child('problem-text').textContent = inspection.problem.value;
      this.child('problem').hidden = inspection.problem.value === '';
    });
  }

  /** Makes the plots, a panel at a time, once the pane is about to be seen; then links them. */
  #connectPanels(host: PanelHost): void {
    const present = PANELS.filter(([part]) => this.querySelector(`[data-part="${part}"]`));
    const plots: Plot<never>[] = [];
    const make = (): void => {
      const { first } = this.dataset;
      if (first) void this.inspection.open(first);
      for (const [, panel] of present) {
        inTurn(() => {
          if (!host.signal.aborted) plots.push(...panel(host));
        });
      }
      inTurn(() => linkPlots(plots));
    };
    whenNear(this, make, host.signal);
  }

  #showVerdict(): void {
    const { name, review } = this.inspection;
    if (name.value !== '') this.child('name').textContent = name.value;
    const inspected = review.value;
    this.child('verdict').textContent = inspected ? verdictOf(inspected.logit) : '';
    const cut = inspected?.cut ?? 0;
    this.child('cut').textContent =
      cut === 0 ? '' : `${whole(cut)} tokens did not fit into its length and were cut.`;
  }

  /** Says what a model can't show. */
  #showLimits(): void {
    const { description, review } = this.inspection;
    const note = this.child('limits');
    note.hidden = !review.value || this.inspection.hasStates.value;
    note.textContent = description.value?.bag
      ? 'A bag of words has no memory: it adds up a weight for each word and pair of words, in any ' +
        'order. So it has no states, no gates and no units to show; what each word adds is below.'
      : 'This model has no recurrent layer whose states could be shown; what each word adds is below.';
  }

  /** Panels that would be empty are not there. */
  #hideEmpty(): void {
    const { review, hasStates } = this.inspection;
    for (const panel of this.querySelectorAll<HTMLElement>('[data-needs-states]')) {
      panel.hidden = review.value !== undefined && !hasStates.value;
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
  const side = probability >= 0.5 ? 'Positive' : 'Negative';
  return `${side}, says the model: ${sure} sure (logit ${signed(logit)}).`;
}

define('inspector-pane', InspectorPane);
