/** How far from the screen something begins to load. */
const AHEAD = '300px';

/** Runs something once, when an element comes near the reader's screen. */
export function whenNear(element: Element, run: () => void, signal: AbortSignal): void {
  const watcher = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      watcher.disconnect();
      run();
    },
    { rootMargin: AHEAD },
  );
  watcher.observe(element);
  signal.addEventListener('abort', () => watcher.disconnect());
}
