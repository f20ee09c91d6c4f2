import {
  checkSettings,
  DEFAULT_SETTINGS,
  RANGES,
  SettingsError,
  settingsFromQuery,
  settingsToQuery,
} from '../../client/index.ts';
import type { BackendChoice, RunSettings, Sample } from '../../client/index.ts';
import { define, LiveElement } from '../live-element.ts';
import type { Phase } from './lab-store.ts';
import { backend, pause, phase, resume, settings, stop, train, trainOn } from './lab-store.ts';

const STOPPABLE: ReadonlySet<Phase> = new Set(['loading', 'running', 'paused']);

/** The form: reads and checks the settings, keeps the permalink, steers the run. */
class LabSettings extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const form = this.child<HTMLFormElement>('form');
    this.#openLink(form);
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        if (!this.#read(form)) return;
        void train();
        // On a phone the run's card lies below the form.
        if (matchMedia('(width < 60rem)').matches) {
          document.querySelector('lab-run')?.scrollIntoView();
        }
      },
      { signal },
    );
    form.addEventListener('change', () => this.#read(form), { signal });
    const pauseButton = this.child<HTMLButtonElement>('pause');
    pauseButton.addEventListener('click', () => (phase.value === 'paused' ? resume() : pause()), {
      signal,
    });
    this.child('stop').addEventListener('click', stop, { signal });
    this.watch(() => this.#showPhase());
  }

  #showPhase(): void {
    const now = phase.value;
    const trainButton = this.child<HTMLButtonElement>('train');
    const pauseButton = this.child<HTMLButtonElement>('pause');
    const fields = this.child<HTMLFieldSetElement>('fields');
    fields.disabled = trainButton.disabled = now !== 'idle';
    pauseButton.disabled = now !== 'running' && now !== 'paused';
    pauseButton.textContent = now === 'paused' ? 'Resume' : 'Pause';
    this.child<HTMLButtonElement>('stop').disabled = !STOPPABLE.has(now);
  }

  /** Takes the form's values over. Returns false, and says why, if one can't be used. */
  #read(form: HTMLFormElement): boolean {
    const fields = new FormData(form);
    trainOn.value = fields.get('trainOn') as Sample;
    backend.value = fields.get('backend') as BackendChoice;
    const values = Object.keys(DEFAULT_SETTINGS).map((key) => {
      const text = String(fields.get(key) ?? '').trim();
      return [key, key in RANGES && text !== '' ? Number(text.replace(',', '.')) : text];
    });
    try {
      const checked = checkSettings(Object.fromEntries(values));
      settings.value = checked;
      this.#showProblem('');
      keepPermalink(checked);
      return true;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      this.#showProblem(error.message, error.setting);
      return false;
    }
  }

  #showProblem(message: string, setting?: string): void {
    const problem = this.child('problem');
    problem.textContent = message;
    problem.hidden = message === '';
    for (const input of this.querySelectorAll('[aria-invalid]'))
      input.removeAttribute('aria-invalid');
    if (setting) this.querySelector(`[name="${setting}"]`)?.setAttribute('aria-invalid', 'true');
  }

  /** Fills the form from the address, which may come from anywhere: each value is checked. */
  #openLink(form: HTMLFormElement): void {
    const { settings: linked, problems } = settingsFromQuery(new URLSearchParams(location.search));
    settings.value = linked;
    for (const [key, value] of Object.entries(linked)) {
      const field = form.elements.namedItem(key);
      if (field instanceof RadioNodeList || field instanceof HTMLInputElement) {
        field.value = String(value);
      }
    }
    if (problems.length > 0)
      this.#showProblem(`The link could not be followed: ${problems.join(' ')}`);
  }
}

function keepPermalink(checked: RunSettings): void {
  const query = settingsToQuery(checked).toString();
  window.history.replaceState(null, '', query === '' ? location.pathname : `?${query}`);
}

define('lab-settings', LabSettings);
