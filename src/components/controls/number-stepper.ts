import { define, LiveElement } from '../live-element.ts';

/** A number field whose buttons go a step down or up. Its input tells of each change, as if typed. */
class NumberStepper extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const input = this.querySelector('input')!;
    const [less, more] = ['less', 'more'].map((part) => this.child<HTMLButtonElement>(part));
    const show = (): void => {
      less!.disabled = input.disabled || input.valueAsNumber <= Number(input.min);
      more!.disabled = input.disabled || input.valueAsNumber >= Number(input.max);
    };
    const go = (steps: number): void => {
      if (steps < 0) input.stepDown();
      else input.stepUp();
      for (const type of ['input', 'change']) {
        input.dispatchEvent(new Event(type, { bubbles: true }));
      }
    };
    less!.addEventListener('click', () => go(-1), { signal });
    more!.addEventListener('click', () => go(1), { signal });
    input.addEventListener('input', show, { signal });
    show();
  }
}

define('number-stepper', NumberStepper);
