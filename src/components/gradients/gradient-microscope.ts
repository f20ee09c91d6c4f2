import type { RaceProgress, RacerProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { scientific } from '../../plots/frame/scientific.ts';
import type { GradientData } from '../../plots/gradient-strip.ts';
import { tableRow } from '../lab/table-row.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';
import { reach } from './gradient-text.ts';

/** The same at every step, so that steps can be compared. */
const RANGE = [1e-6, 1] as const;

/** Shows ‖∂L/∂h_t‖ of every model of a race, at the newest step or at one that the reader goes back to. */
class GradientMicroscope extends RacePanel {
  #plot: Promise<Plot<GradientData>> | undefined;
  #race: RaceProgress | undefined;
  /** Whether the slider goes along with the training. */
  #follows = true;

  protected override connect(signal: AbortSignal): void {
    super.connect(signal);
    this.#slider.addEventListener(
      'input',
      () => {
        this.#follows = this.#slider.valueAsNumber >= (this.#race?.step ?? 0);
        void this.#draw(signal);
      },
      { signal },
    );
  }

  protected override rest(signal: AbortSignal): void {
    this.#plot ??= this.#make(signal);
  }

  protected show(race: RaceProgress, signal: AbortSignal): void {
    if (race.state === 'loading') this.#follows = true;
    this.#race = race;
    if (race.step < 1) return;
    this.#slider.disabled = false;
    if (!this.#follows) return;
    this.#slider.value = String(race.step);
    void this.#draw(signal);
  }

  get #slider(): HTMLInputElement {
    return this.child<HTMLInputElement>('microscope-step');
  }

  async #draw(signal: AbortSignal): Promise<void> {
    const race = this.#race;
    if (!race) return;
    const step = Math.min(this.#slider.valueAsNumber, race.step);
    const seen = race.models.flatMap((model) => {
      const norms = normsAt(model, step);
      return norms ? [{ name: model.name, norms }] : [];
    });
    this.child('microscope-step-text').textContent = this.#follows
      ? `Step ${step}, the newest.`
      : `Step ${step}: the same batch for all of them.`;
    this.#slider.ariaValueText = `step ${step}`;
    this.child('microscope-rows')
      .querySelector('tbody')!
      .replaceChildren(
        ...seen.map(({ name, norms }) =>
          tableRow(name, [
            scientific(norms[0]!),
            scientific(norms.at(-1)!),
            `${reach(norms)} of ${norms.length}`,
          ]),
        ),
      );
    const plot = await (this.#plot ??= this.#make(signal));
    if (signal.aborted) return;
    plot.update({
      series: seen.map(({ name, norms }) => ({ name, values: norms, color: this.colorOf(name) })),
    });
  }

  async #make(signal: AbortSignal): Promise<Plot<GradientData>> {
    const { gradientStrip } = await import('../../plots/gradient-strip.ts');
    const { models } = this.figure;
    const plot = gradientStrip(
      {
        series: models.map(({ name, color }) => ({ name, color, values: [] })),
        steps: models[0]?.settings.text?.maxlen,
      },
      {
        title: 'Gradient at each word of the batch',
        range: RANGE,
        resting: 'What reaches each word will colour it',
      },
    );
    this.child('microscope-strip').replaceChildren(plot.element);
    signal.addEventListener('abort', () => {
      plot.destroy();
      this.#plot = undefined;
    });
    return plot;
  }
}

const normsAt = ({ history }: RacerProgress, step: number): Float32Array | undefined =>
  history[step - 1]?.telemetry?.stateGradients?.[0]?.norms;

define('gradient-microscope', GradientMicroscope);
