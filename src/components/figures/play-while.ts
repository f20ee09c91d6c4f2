/** Updates in the mean that is shown. */
const WINDOW = 30;

/** Runs `step` in each frame while a switch is on, and says how long a step takes. */
export function playWhile(
  toggle: HTMLInputElement,
  says: HTMLElement,
  signal: AbortSignal,
  step: () => void,
): void {
  let frame = 0;
  let times: number[] = [];
  const run = (): void => {
    const start = performance.now();
    step();
    times.push(performance.now() - start);
    if (times.length === WINDOW) {
      const mean = times.reduce((sum, time) => sum + time, 0) / WINDOW;
      says.textContent = `An update takes ${mean.toFixed(1)} ms here.`;
      times = [];
    }
    frame = requestAnimationFrame(run);
  };
  toggle.addEventListener(
    'change',
    () => {
      cancelAnimationFrame(frame);
      if (toggle.checked) frame = requestAnimationFrame(run);
    },
    { signal },
  );
  signal.addEventListener('abort', () => cancelAnimationFrame(frame));
}
