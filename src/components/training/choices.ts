import type { Choice } from './race-figure.ts';

type Control = HTMLInputElement | HTMLSelectElement;

/**
 * What the controls inside a figure are set to. A control takes part by `data-setting`, the path of
 * what it sets, and may name the models it is for in `data-models`, with commas between them.
 */
export function choicesIn(figure: Element): Choice[] {
  const controls = [...figure.querySelectorAll<Control>('[data-setting]')];
  return controls.filter(isSet).map((control) => ({
    path: control.dataset['setting']!,
    value: valueOf(control),
    models: control.dataset['models']?.split(','),
  }));
}

const isSet = (control: Control): boolean =>
  control.type !== 'radio' || (control as HTMLInputElement).checked;

function valueOf(control: Control): Choice['value'] {
  if (control.type === 'checkbox') return (control as HTMLInputElement).checked;
  const number = Number(control.value);
  return control.value !== '' && Number.isFinite(number) ? number : control.value;
}
