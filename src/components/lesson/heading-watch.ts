interface Listener {
  /** The last heading above the upper third of the window; undefined before the first one. */
  readonly current: (heading: HTMLElement | undefined) => void;
  /** Both ends of a heading's section have been on the screen. */
  readonly read: (heading: HTMLElement) => void;
}

/** Follows the reader through the sections of a text. Sections begin with an h2. */
export function watchHeadings(
  headings: readonly HTMLElement[],
  text: HTMLElement,
  signal: AbortSignal,
  { current, read }: Listener,
): void {
  const above = new Set<Element>();
  // A zone without an upper end: a heading that is jumped over counts as well.
  const passed = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) above.add(target);
        else above.delete(target);
      }
      current(headings.findLast((heading) => above.has(heading)));
    },
    { rootMargin: '10000000px 0px -67% 0px' },
  );

  const sections = headings.filter(({ localName }) => localName === 'h2');
  const edges: Element[] = [...sections, text.lastElementChild!];
  const seen = new Set<Element>();
  const shown = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) if (isIntersecting) seen.add(target);
    for (const [i, section] of sections.entries()) {
      if (seen.has(section) && seen.has(edges[i + 1]!)) read(section);
    }
  });

  for (const heading of headings) passed.observe(heading);
  for (const edge of edges) shown.observe(edge);
  signal.addEventListener('abort', () => {
    passed.disconnect();
    shown.disconnect();
  });
}
