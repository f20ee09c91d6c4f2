import { define, LiveElement } from '../live-element.ts';
import { findControl, setControl } from './set-control.ts';

/** A button in the text: it sets a control of the lesson, and brings it into view. */
class SetState extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const button = this.querySelector('button')!;
    button.disabled = false;
    button.addEventListener('click', () => this.#set(), { signal });
  }

  #set(): void {
    const { control = '', value = '' } = this.dataset;
    const found = findControl(document, control, value);
    if (!found) return;
    setControl(found, value);
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const behavior = calm ? 'instant' : 'smooth';
    (found.closest('figure') ?? found).scrollIntoView({ block: 'nearest', behavior });
    found.classList.add('just-set');
    setTimeout(() => found.classList.remove('just-set'), 1200);
  }
}

define('set-state', SetState);
