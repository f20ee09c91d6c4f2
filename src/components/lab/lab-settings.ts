import { checkModel, DEFAULT_MODEL, presetNamed, SettingsError } from '../../client/index.ts';
import type { BackendChoice, Sample } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import { backend } from './engine-store.ts';
import { pause, phase, resume, settings, step, stop, train, trainOn } from './lab-store.ts';
import type { Phase } from './lab-store.ts';
import { fromQuery, toQuery } from './permalink.ts';
import { fillForm, fitPooling, LAYERS, readForm, showLayers } from './settings-form.ts';

const STOPPABLE: ReadonlySet<Phase> = new Set(['loading', 'running', 'paused']);

/** The form: reads and checks the settings, keeps the permalink, steers the run. */
class LabSettings extends LiveElement {
  get #form(): HTMLFormElement {
    return this.child<HTMLFormElement>('form');
  }

  get #preset(): HTMLSelectElement {
    return this.child<HTMLSelectElement>('preset');
  }

  protected connect(signal: AbortSignal): void {
    this.#openLink();
    this.#form.addEventListener('submit', (event) => this.#submit(event), { signal });
    this.#form.addEventListener('change', (event) => this.#change(event), { signal });
    const on = (part: string, act: () => void): void =>
      this.child(part).addEventListener('click', act, { signal });
    on('pause', () => (phase.value === 'paused' ? resume() : pause()));
    on('step', step);
    on('stop', stop);
    this.watch(() => this.#showPhase());
    // A run that goes on, or is replayed, brings settings of its own.
    this.watch(() => {
      fillForm(this.#form, settings.value);
      this.#named('trainOn').value = trainOn.value;
      this.#named('backend').value = backend.value;
    });
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!this.#read()) return;
    void train();
    // On a phone the run's card lies below the form.
    if (matchMedia('(width < 60rem)').matches) {
      document.querySelector('lab-run')?.scrollIntoView();
    }
  }

  #change({ target }: Event): void {
    if (target === this.#preset) {
      settings.value = presetNamed(this.#preset.value)?.settings ?? DEFAULT_MODEL;
      fillForm(this.#form, settings.value);
      this.#showSummary();
    }
    if (target === this.#named(LAYERS)) {
      showLayers(this.#form, Number(this.#named(LAYERS).value));
      fitPooling(this.#form);
    }
    this.#read();
  }

  #showPhase(): void {
    const now = phase.value;
    const runs = now === 'running' || now === 'paused';
    const button = (part: string): HTMLButtonElement => this.child<HTMLButtonElement>(part);
    this.child<HTMLFieldSetElement>('fields').disabled = button('train').disabled = now !== 'idle';
    button('pause').disabled = button('step').disabled = !runs;
    button('pause').textContent = now === 'paused' ? 'Resume' : 'Pause';
    button('stop').disabled = !STOPPABLE.has(now);
  }

  /** Takes the form's values over. Returns false, and says why, if one can't be used. */
  #read(): boolean {
    try {
      settings.value = checkModel(readForm(this.#form));
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#showProblem(error.message, error.setting);
      return false;
    }
    trainOn.value = this.#named('trainOn').value as Sample;
    backend.value = this.#named('backend').value as BackendChoice;
    this.#showProblem('');
    this.#keepPermalink();
    return true;
  }

  #named(name: string): HTMLSelectElement {
    return this.#form.elements.namedItem(name) as HTMLSelectElement;
  }

  #showProblem(message: string, setting?: string): void {
    const problem = this.child('problem');
    problem.textContent = message;
    problem.hidden = message === '';
    for (const input of this.querySelectorAll('[aria-invalid]')) {
      input.removeAttribute('aria-invalid');
    }
    const field = setting === undefined ? undefined : this.#named(setting);
    field?.setAttribute?.('aria-invalid', 'true');
    const fold = field?.closest?.('details');
    if (fold) fold.open = true;
  }

  #showSummary(): void {
    this.child('summary').textContent = this.#preset.selectedOptions[0]!.dataset.summary!;
  }

  /** Fills the form from the address, which may come from anywhere: each value is checked. */
  #openLink(): void {
    const linked = fromQuery(new URLSearchParams(location.search));
    settings.value = linked.settings;
    trainOn.value = linked.trainOn;
    this.#preset.value = linked.preset;
    this.#showSummary();
    if (linked.problems.length > 0) {
      this.#showProblem(`The link could not be followed: ${linked.problems.join(' ')}`);
    }
  }

  #keepPermalink(): void {
    const query = toQuery({
      settings: settings.value,
      preset: this.#preset.value,
      trainOn: trainOn.value,
    }).toString();
    window.history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
  }
}

define('lab-settings', LabSettings);
