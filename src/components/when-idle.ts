/** Milliseconds after which the page counts as idle where the browser does not tell. */
const PAUSE = 200;
/** Milliseconds that a busy page puts it off at most. */
const LATEST = 2000;

/** Runs something once the page has painted and has nothing more urgent to do. */
export function whenIdle(run: () => void, signal: AbortSignal): void {
  const start = (): void => {
    if (!signal.aborted) run();
  };
  // Safari has no idle callbacks.
  if ('requestIdleCallback' in window) requestIdleCallback(start, { timeout: LATEST });
  else setTimeout(start, PAUSE);
}
