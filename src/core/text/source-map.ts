/** Leads from places in an edited text back to places in the text it was made from. */
export interface SourceMap {
  /** Where a span that starts at `index` of the edited text starts in the source. */
  startInSource(index: number): number;
  /** Where a span that ends before `index` of the edited text ends in the source. */
  endInSource(index: number): number;
}

/** The map of a text whose edits all kept their length. */
export const IDENTITY: SourceMap = {
  startInSource: (index) => index,
  endInSource: (index) => index,
};

/**
 * A source map built from replacements that are reported in reading order.
 *
 * A place inside a replacement has no counterpart in the source: a span that starts there starts
 * with the replaced stretch, and a span that ends there ends with it. Indices are UTF-16 code units.
 */
export class EditedSourceMap implements SourceMap {
  readonly #sourceStarts: number[] = [];
  readonly #sourceEnds: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  /** Records that `oldLength` code units from `sourceStart` became `newLength` code units. */
  replace(sourceStart: number, oldLength: number, newLength: number): void {
    const last = this.#ends.length - 1;
    const start = sourceStart + (this.#ends[last] ?? 0) - (this.#sourceEnds[last] ?? 0);
    this.#sourceStarts.push(sourceStart);
    this.#sourceEnds.push(sourceStart + oldLength);
    this.#starts.push(start);
    this.#ends.push(start + newLength);
  }

  startInSource(index: number): number {
    const edit = this.#editBefore(index);
    return index < (this.#ends[edit] ?? 0)
      ? (this.#sourceStarts[edit] ?? 0)
      : this.#afterEdit(edit, index);
  }

  endInSource(index: number): number {
    const edit = this.#editBefore(index);
    return index > (this.#starts[edit] ?? index) && index < (this.#ends[edit] ?? 0)
      ? (this.#sourceEnds[edit] ?? 0)
      : this.startInSource(index);
  }

  #afterEdit(edit: number, index: number): number {
    return index - (this.#ends[edit] ?? 0) + (this.#sourceEnds[edit] ?? 0);
  }

  /** The last replacement that starts at or before `index`, or -1. */
  #editBefore(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#starts[middle] ?? Infinity) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
