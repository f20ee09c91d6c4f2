import type { Cell } from '../../notebook/index.ts';

type RunState = Cell['state']['value'];

/** How a cell stands, in two or three words. */
export function describeState(state: RunState, stale: boolean): string {
  switch (state) {
    case 'waiting':
      return 'getting ready …';
    case 'running':
      return 'running …';
    case 'failed':
      return stale ? 'failed, changed since' : 'failed';
    case 'stopped':
      return stale ? 'stopped, out of date' : 'stopped';
    case 'done':
      return stale ? 'out of date' : 'has run';
    case 'new':
      return '';
  }
}
