/** A pair of symbols, with a count that may be out of date. */
export interface QueuedPair {
  readonly key: number;
  readonly count: number;
}

/** A binary heap that hands out the pair that comes first in a given order. */
export class PairQueue {
  readonly #heap: QueuedPair[] = [];
  readonly #compare: (a: QueuedPair, b: QueuedPair) => number;

  /** @param compare negative if `a` is to be handed out before `b` */
  constructor(compare: (a: QueuedPair, b: QueuedPair) => number) {
    this.#compare = compare;
  }

  push(pair: QueuedPair): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(pair);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || this.#compare(above, pair) <= 0) break;
      heap[place] = above;
      place = parent;
    }
    heap[place] = pair;
  }

  /** Removes the first pair; undefined if there is none. */
  pop(): QueuedPair | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (last !== undefined && heap.length > 0) this.#sink(last);
    return first;
  }

  #sink(pair: QueuedPair): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      let below = heap[child];
      if (below === undefined) break;
      const sibling = heap[child + 1];
      if (sibling !== undefined && this.#compare(sibling, below) < 0) {
        child += 1;
        below = sibling;
      }
      if (this.#compare(pair, below) <= 0) break;
      heap[place] = below;
      place = child;
    }
    heap[place] = pair;
  }
}
