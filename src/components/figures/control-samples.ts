import { define, LiveElement } from '../live-element.ts';

/** Brings the sample slider to life; the other controls live by themselves. */
class ControlSamples extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const slider = this.child<HTMLInputElement>('slider');
    const show = (): void => {
      const text = `${slider.value} of ${slider.max}`;
      this.child('slider-text').textContent = text;
      slider.ariaValueText = text;
    };
    slider.disabled = false;
    slider.addEventListener('input', show, { signal });
    show();
  }
}

define('control-samples', ControlSamples);
