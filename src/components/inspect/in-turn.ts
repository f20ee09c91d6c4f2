import { effect } from '@preact/signals-core';

/** Renders that wait for their turn. */
const waiting = new Set<() => void>();

function next(): void {
  const [render] = waiting;
  if (!render) return;
  waiting.delete(render);
  render();
  // A task of its own: many plots at once would hold the page.
  if (waiting.size > 0) setTimeout(next);
}

/** Runs something in a frame to come, in a task of its own; once, however often it is asked for. */
export function inTurn(render: () => void): void {
  waiting.add(render);
  if (waiting.size === 1) requestAnimationFrame(next);
}

/** Runs `render` in turn, and again whenever a signal that it read has changed. */
export function watchInTurn(render: () => void, signal: AbortSignal): void {
  let dispose = (): void => {};
  const run = (): void => {
    dispose();
    if (signal.aborted) return;
    let rendered = false;
    dispose = effect(() => {
      if (rendered) return inTurn(run);
      rendered = true;
      render();
    });
  };
  inTurn(run);
  signal.addEventListener('abort', () => {
    waiting.delete(run);
    dispose();
  });
}
