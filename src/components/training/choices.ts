import type { Choice } from './race-figure.ts';

type Control = HTMLInputElement | HTMLSelectElement;

/**
 * What the controls inside a figure are set to. A control, or an element around some, takes part by
 * `data-setting`, the path of what it sets, and may name the models it is for in `data-models`, with
 * commas between them.
 */
export function choicesIn(figure: Element): Choice[] {
  const places = [...figure.querySelectorAll<HTMLElement>('[data-setting]')];
  return places.flatMap((place) => {
    const within = place.matches(CONTROL) ? [place] : [...place.querySelectorAll(CONTROL)];
    return (within as Control[]).filter(isSet).map((control) => ({
      path: place.dataset['setting']!,
      value: valueOf(control),
      models: place.dataset['models']?.split(','),
    }));
  });
}

const CONTROL = 'input, select';

const isSet = (control: Control): boolean =>
  control.type !== 'radio' || (control as HTMLInputElement).checked;

function valueOf(control: Control): Choice['value'] {
  if (control.type === 'checkbox') return (control as HTMLInputElement).checked;
  const number = Number(control.value);
  return control.value !== '' && Number.isFinite(number) ? number : control.value;
}
