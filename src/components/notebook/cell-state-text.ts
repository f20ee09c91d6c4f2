import type { Cell } from '../../notebook/index.ts';

type RunState = Cell['state']['value'];

/** How a cell stands, in three words at most: they must fit on a phone. */
export function describeState(state: RunState, stale: boolean): string {
  switch (state) {
    case 'waiting':
      return 'getting ready …';
    case 'running':
      return 'running …';
    case 'failed':
      return stale ? 'out of date' : 'failed';
    case 'stopped':
      return stale ? 'out of date' : 'stopped';
    case 'done':
      return stale ? 'out of date' : 'has run';
    case 'new':
      return '';
  }
}
