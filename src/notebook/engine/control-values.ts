/** A form control, or anything else with a value that tells of its changes by `input` events. */
export type Control = Element & { value?: unknown };

const made = new WeakSet<object>();

/** The control's value now, and at each change the newest one. Ends with `signal`. */
export function controlValues(control: Control, signal: AbortSignal): AsyncGenerator<unknown> {
  const values = followControl(control, signal);
  made.add(values);
  return values;
}

/** Whether an iterator came from {@link controlValues}. */
controlValues.made = (iterator: object): boolean => made.has(iterator);

async function* followControl(control: Control, signal: AbortSignal): AsyncGenerator<unknown> {
  let changed = true;
  let wake = (): void => {};
  const listen = (): void => {
    changed = true;
    wake();
  };
  control.addEventListener('input', listen, { signal });
  signal.addEventListener('abort', () => wake());
  while (!signal.aborted) {
    if (changed) {
      changed = false;
      yield control.value;
    } else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}
