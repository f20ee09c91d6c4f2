import { define, LiveElement } from './live-element.ts';

const KEY = 'unrolled:theme';

/** Light, dark or the system's theme, remembered on this device. */
class ThemeSwitch extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const select = this.child<HTMLSelectElement>('theme');
    select.value = document.documentElement.dataset.theme ?? 'system';
    select.addEventListener('change', () => apply(select.value), { signal });
  }
}

function apply(theme: string): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // Storage can be refused; the choice then lasts as long as the page.
  }
}

define('theme-switch', ThemeSwitch);
