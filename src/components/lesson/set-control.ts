type Control = HTMLInputElement | HTMLSelectElement;

/** The control of that id, or of a group of radio buttons of that name the one with the value. */
export function findControl(root: ParentNode, id: string, value: string): Control | undefined {
  const name = CSS.escape(id);
  const own = root.querySelector<Control>(`input#${name}, select#${name}`);
  if (own) return own;
  return [...root.querySelectorAll<HTMLInputElement>(`input[name="${name}"]`)].find(
    (input) => input.type !== 'radio' || input.value === value,
  );
}

/** Sets a control and lets its figure know, as if the reader had done it. */
export function setControl(control: Control, value: string): void {
  if (control instanceof HTMLInputElement && /^(?:checkbox|radio)$/.test(control.type)) {
    control.checked = control.type === 'radio' || value === 'true';
  } else {
    control.value = value;
  }
  for (const type of ['input', 'change']) control.dispatchEvent(new Event(type, { bubbles: true }));
}
