import { gradientStrip } from '../../plots/gradient-strip.ts';
import { heatMap } from '../../plots/heat-map.ts';
import { linePlot } from '../../plots/line.ts';
import { define, LiveElement } from '../live-element.ts';
import { figure, percent, whole } from './format.ts';
import { activationsMap, gradientsThroughTime, radiiByStep, seenOf } from './inside-figures.ts';
import type { Seen } from './inside-figures.ts';
import { inside, look, pinAnother, pinned, pinProblem } from './inside-store.ts';
import type { Inside } from './inside-store.ts';
import { tableRow } from './table-row.ts';

const x = { label: 'step' };
const NOTHING_SEEN = { values: [], steps: 0, units: 0 };

/** A fold: while it is open, the run's telemetry is asked for and shown. */
class LabInside extends LiveElement {
  readonly #gradients = gradientStrip(
    { series: [] },
    { title: 'Gradient of the loss for the state after each timestep' },
  );
  readonly #angles = linePlot(
    { series: [] },
    { title: 'Angle between raw and clipped gradient, in degrees', x, y: { include: [0, 10] } },
  );
  readonly #radii = linePlot(
    { series: [] },
    { title: 'Spectral radius of the recurrent kernel by step', x, y: { include: [0, 1] } },
  );
  readonly #activations = heatMap(NOTHING_SEEN, {
    title: 'Units over the words of the pinned review',
    table: false,
  });

  protected connect(signal: AbortSignal): void {
    const plots = {
      gradients: this.#gradients,
      angles: this.#angles,
      radii: this.#radii,
      activations: this.#activations,
    };
    for (const [part, plot] of Object.entries(plots)) {
      this.child(part).replaceChildren(plot.element);
      signal.addEventListener('abort', () => plot.destroy());
    }
    const fold = this.child<HTMLDetailsElement>('fold');
    const follow = (): void => look(fold.open);
    fold.addEventListener('toggle', follow, { signal });
    signal.addEventListener('abort', () => look(false));
    follow();
    this.child('another').addEventListener('click', () => void pinAnother(), { signal });
    this.#quantity.addEventListener('change', () => this.#showPinned(), { signal });
    this.watch(() => this.#show(inside.value));
    this.watch(() => this.#showPinned());
  }

  get #quantity(): HTMLSelectElement {
    return this.child<HTMLSelectElement>('quantity');
  }

  #show(seen: Inside | undefined): void {
    const { telemetry } = seen ?? {};
    this.child('step').textContent = seen ? whole(seen.step) : '–';
    this.child('share').textContent = telemetry ? percent(telemetry.clippedShare) : '–';
    this.child('angle').textContent = seen ? `${figure(seen.angles.at(-1)![1])}°` : '–';
    this.#gradients.update(seen ? gradientsThroughTime(seen) : { series: [] });
    this.#angles.update({
      series: seen ? [{ name: 'angle', points: seen.angles, color: 'var(--accent)' }] : [],
    });
    this.#radii.update(seen ? radiiByStep(seen) : { series: [] });
    this.child('norms').replaceChildren(
      ...(telemetry?.variables ?? []).map(({ name, raw, clipped, weight, update }) => {
        const share = weight === 0 ? '–' : figure(update / weight);
        return tableRow(name, [...[raw, clipped, weight, update].map(figure), share]);
      }),
    );
  }

  #showPinned(): void {
    const review = pinned.value;
    this.child('problem').textContent = pinProblem.value;
    this.child('problem').hidden = pinProblem.value === '';
    if (review) this.child('pinned').textContent = describe(review);
    const all = seenOf(inside.value?.telemetry.activations ?? []);
    const shown = this.#offer(all);
    const map = shown && review && activationsMap(shown, review);
    this.#activations.update(map ?? NOTHING_SEEN);
  }

  /** Offers what can be seen, and keeps the choice if it is still there. */
  #offer(all: readonly Seen[]): Seen | undefined {
    const select = this.#quantity;
    select.disabled = all.length === 0;
    const offered = [...select.options].map(({ value }) => value).join();
    if (offered !== all.map(({ value }) => value).join()) {
      const { value: before } = select;
      select.replaceChildren(...all.map(({ name, value }) => new Option(name, value)));
      if (all.some(({ value }) => value === before)) select.value = before;
    }
    return all.find(({ value }) => value === select.value);
  }
}

function describe({ row, label, timesteps }: NonNullable<typeof pinned.value>): string {
  const words = timesteps.filter(({ kind }) => kind === 'word' || kind === 'unknown').length;
  const rating = label === 1 ? 'positive' : 'negative';
  return `A held-out review that the network reads at each look: row ${row} of the data set, ${rating}, ${whole(words)} words read.`;
}

define('lab-inside', LabInside);
