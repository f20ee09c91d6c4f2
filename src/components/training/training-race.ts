import { signal as state } from '@preact/signals-core';
import { compute, RaceProgress } from '../../client/index.ts';
import type { RunningCall } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { LineData } from '../../plots/line.ts';
import { messageOf } from '../lab/format.ts';
import { tableRow } from '../lab/table-row.ts';
import { define, LiveElement } from '../live-element.ts';
import { whenNear } from '../when-near.ts';
import { choicesIn } from './choices.ts';
import { CURVE_OPTIONS, raceCurve } from './race-curves.ts';
import { requestFor } from './race-figure.ts';
import type { CurveName, RaceFigure } from './race-figure.ts';
import { RACE_EVENT } from './race-panel.ts';
import { describeRace, figuresOf } from './race-text.ts';

/** Trains the models of a figure side by side, and draws how they do. */
class TrainingRace extends LiveElement {
  readonly #progress = state<RaceProgress | undefined>(undefined);
  readonly #paused = state(false);
  readonly #problem = state('');
  readonly #curves = new Map<CurveName, Plot<LineData>>();
  #figure!: RaceFigure;
  #steps = 0;
  #call: RunningCall<'race'> | undefined;

  protected connect(signal: AbortSignal): void {
    this.#figure = JSON.parse(this.child('race-figure').textContent) as RaceFigure;
    const on = (part: string, action: () => void): void =>
      this.child(part).addEventListener('click', action, { signal });
    on('race-start', () => void this.#start(signal));
    on('race-stop', () => this.#call?.stop());
    on('race-pause', () => this.#pause());
    this.child<HTMLButtonElement>('race-start').disabled = false;
    whenNear(this, () => void this.#makeCurves(signal), signal);
    signal.addEventListener('abort', () => {
      this.#call?.stop();
      for (const plot of this.#curves.values()) plot.destroy();
      this.#curves.clear();
    });
    this.watch(() => this.#showState());
    this.watch(() => this.#showProgress());
  }

  async #start(signal: AbortSignal): Promise<void> {
    this.#problem.value = '';
    this.#paused.value = false;
    const names = this.#figure.models.map(({ name }) => name);
    try {
      const request = requestFor(this.#figure, choicesIn(this));
      this.#steps = request.steps;
      this.#progress.value = new RaceProgress(names);
      const call = (this.#call = compute.start('race', request));
      this.dispatchEvent(new CustomEvent('race-start', { detail: call }));
      await this.#makeCurves(signal);
      for await (const event of call) this.#progress.value = this.#progress.value.after(event);
      const { outcome } = await call.result;
      this.#progress.value = this.#progress.value.with({ state: outcome });
    } catch (error) {
      this.#problem.value = messageOf(error);
      this.#progress.value = this.#progress.value?.with({ state: 'stopped' });
    }
  }

  #pause(): void {
    if (this.#paused.value) this.#call?.resume();
    else this.#call?.pause();
    this.#paused.value = !this.#paused.value;
  }

  /** Once: the code of the plots loads when the race comes near, or starts. */
  async #makeCurves(signal: AbortSignal): Promise<void> {
    const { linePlot } = await import('../../plots/line.ts');
    if (signal.aborted || this.#curves.size > 0) return;
    const { models, curves, steps } = this.#figure;
    const before = new RaceProgress(models.map(({ name }) => name));
    const colors = models.map(({ color }) => color);
    for (const name of curves) {
      const plot = linePlot(raceCurve(name, before, colors, steps), CURVE_OPTIONS[name]);
      this.child(`race-${name}`).replaceChildren(plot.element);
      this.#curves.set(name, plot);
    }
  }

  #showState(): void {
    const race = this.#progress.value;
    const running = race?.state === 'loading' || race?.state === 'racing';
    this.child('race-start').hidden = running;
    this.child('race-pause').hidden = this.child('race-stop').hidden = !running;
    this.child('race-pause').textContent = this.#paused.value ? 'Go on' : 'Pause';
    this.#say('race-status', describeRace(race, this.#paused.value));
    this.#say('race-problem', this.#problem.value);
    this.child('race-problem').hidden = this.#problem.value === '';
  }

  #showProgress(): void {
    const race = this.#progress.value;
    if (!race) return;
    const { models } = this.#figure;
    const colors = models.map(({ color }) => color);
    this.child<HTMLProgressElement>('race-progress').value = race.step / (this.#steps || 1);
    this.child('race-rows').replaceChildren(
      ...race.models.map((model) => tableRow(model.name, figuresOf(model))),
    );
    for (const [name, plot] of this.#curves) {
      plot.update(raceCurve(name, race, colors, this.#steps));
    }
    this.dispatchEvent(new CustomEvent(RACE_EVENT, { detail: race }));
  }

  /** Text that has not changed is not said again. */
  #say(part: string, text: string): void {
    const place = this.child(part);
    if (place.textContent !== text) place.textContent = text;
  }
}

define('training-race', TrainingRace);
