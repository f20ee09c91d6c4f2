interface Block {
  start: number;
  size: number;
}

/** Every address is a multiple of this: a cache line. */
const ALIGNMENT = 64;

/**
 * Hands out addresses in a range that can grow at its end: best fit over a list of free blocks in
 * the order of their addresses, in which neighbours are merged. A training step holds some hundred
 * blocks of a few sizes that change with the length of the batch, so merging matters more than speed.
 */
export class Allocator {
  readonly #free: Block[];
  readonly #sizes = new Map<number, number>();
  readonly #grow: (bytes: number) => number;
  #end: number;
  #used = 0;

  /**
   * @param start,end the range in bytes
   * @param grow makes the range longer by at least so many bytes, and returns by how many
   */
  constructor(start: number, end: number, grow: (bytes: number) => number) {
    const first = roundUp(start);
    this.#free = [{ start: first, size: end - first }];
    this.#end = end;
    this.#grow = grow;
  }

  /** Bytes handed out. */
  get used(): number {
    return this.#used;
  }

  /**
   * @returns an address with room for so many bytes
   * @throws OutOfMemoryError from `grow`
   */
  allocate(bytes: number): number {
    const size = roundUp(Math.max(bytes, 1));
    const index = this.#bestFit(size) ?? this.#extend(size);
    const block = this.#free[index]!;
    const { start } = block;
    if (block.size === size) {
      this.#free.splice(index, 1);
    } else {
      block.start += size;
      block.size -= size;
    }
    this.#sizes.set(start, size);
    this.#used += size;
    return start;
  }

  /** @throws RangeError if the address is not one that is handed out */
  free(start: number): void {
    const size = this.#sizes.get(start);
    if (size === undefined) throw new RangeError(`Allocator: ${start} is not allocated`);
    this.#sizes.delete(start);
    this.#used -= size;
    this.#insert({ start, size });
  }

  #bestFit(size: number): number | undefined {
    let best: number | undefined;
    for (let i = 0; i < this.#free.length; i++) {
      const block = this.#free[i]!;
      if (block.size < size || (best !== undefined && block.size >= this.#free[best]!.size))
        continue;
      best = i;
    }
    return best;
  }

  #extend(size: number): number {
    const last = this.#free.at(-1);
    const atEnd = last && last.start + last.size === this.#end ? last.size : 0;
    const grown = this.#grow(size - atEnd);
    const start = this.#end;
    this.#end += grown;
    this.#insert({ start, size: grown });
    return this.#free.length - 1;
  }

  #insert(block: Block): void {
    let low = 0;
    let high = this.#free.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#free[middle]!.start < block.start) low = middle + 1;
      else high = middle;
    }
    const next = this.#free[low];
    if (next && block.start + block.size === next.start) {
      block.size += next.size;
      this.#free.splice(low, 1);
    }
    const previous = this.#free[low - 1];
    if (previous && previous.start + previous.size === block.start) previous.size += block.size;
    else this.#free.splice(low, 0, block);
  }
}

function roundUp(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
