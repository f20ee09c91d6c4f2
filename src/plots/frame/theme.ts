/** Design tokens that a canvas needs as plain colours. */
const TOKENS = [
  'surface',
  'ink',
  'ink-soft',
  'rule',
  'positive',
  'negative',
  'pad',
  'accent',
] as const;

/** Colours as the page shows them now, by the names of their tokens. */
export type Palette = Readonly<Record<(typeof TOKENS)[number], string>>;

/** Reads the design tokens as they apply to an element of the page. */
export function readPalette(host: HTMLElement): Palette {
  return Object.fromEntries(
    TOKENS.map((token) => [token, readColor(host, `var(--${token})`)]),
  ) as Palette;
}

/** A CSS colour, tokens and all, as `rgb()`: what a canvas understands. */
export function readColor(host: HTMLElement, color: string): string {
  const probe = document.createElement('span');
  probe.hidden = true;
  probe.style.color = color;
  host.append(probe);
  const read = getComputedStyle(probe).color;
  probe.remove();
  return read;
}

/** Calls back when the reader or the system changes between light and dark. */
export function onThemeChange(changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  signal.addEventListener('abort', () => observer.disconnect());
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed, { signal });
}
