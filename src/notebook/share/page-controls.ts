type FormControl = HTMLInputElement | HTMLSelectElement;

const TYPES = new Set(['range', 'number', 'checkbox', 'radio', 'select-one']);

/** Controls of the page's own figures, which have an id; those of cells are the cells' business. */
function controlsIn(root: ParentNode): FormControl[] {
  return [...root.querySelectorAll<FormControl>('input[id], select[id]')].filter(
    (control) => TYPES.has(control.type) && !control.closest('notebook-cell'),
  );
}

const isTick = (control: FormControl): control is HTMLInputElement =>
  control.type === 'checkbox' || control.type === 'radio';

/** The controls that are not as the page has set them, by id. */
export function readControls(root: ParentNode): Record<string, string | boolean> {
  const values: Record<string, string | boolean> = {};
  for (const control of controlsIn(root)) {
    if (isTick(control)) {
      if (control.checked !== control.defaultChecked) values[control.id] = control.checked;
    } else if (control.value !== defaultValue(control)) {
      values[control.id] = control.value;
    }
  }
  return values;
}

/** Sets controls by id and lets their figures know. What the page lacks is passed over. */
export function setControls(
  root: ParentNode,
  values: Readonly<Record<string, string | boolean>>,
): void {
  for (const control of controlsIn(root)) {
    const value = values[control.id];
    if (isTick(control) && typeof value === 'boolean') control.checked = value;
    else if (!isTick(control) && typeof value === 'string') control.value = value;
    else continue;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

function defaultValue(control: FormControl): string {
  if (control instanceof HTMLInputElement) return control.defaultValue;
  return (
    [...control.options].find(({ defaultSelected }) => defaultSelected)?.value ??
    control.options[0]?.value ??
    ''
  );
}
