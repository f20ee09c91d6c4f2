import { SPLITS } from '../types.ts';
import type { Split, TokenTable } from '../types.ts';

/** Reviews that can be read, by split. */
export type LoadedCounts = Readonly<Record<Split, number>>;

/**
 * Collects decoded shards into one table per split. Shards may come in any order; their reviews
 * become readable in the manifest's order, so that a table's prefix never changes.
 */
export class ShardTables {
  readonly #tables = SPLITS.map((_, split) => new GrowingTable(split));
  /** Shards that came before one of their predecessors, and those already taken over (null). */
  readonly #arrived = new Map<number, TokenTable | null>();
  readonly #positions = new Map<number, number>();
  #next = 0;

  /** Whether a shard has come, by its index in the manifest. */
  has(shard: number): boolean {
    return this.#arrived.has(shard);
  }

  /** Takes a shard; its reviews and those of shards that waited for it become readable. */
  add(shard: number, table: TokenTable): void {
    this.#arrived.set(shard, table);
    let ready = this.#arrived.get(this.#next);
    while (ready) {
      for (const row of ready.rows) this.#positions.set(row, this.#positions.size);
      for (const growing of this.#tables) growing.append(ready);
      this.#arrived.set(this.#next, null);
      this.#next += 1;
      ready = this.#arrived.get(this.#next);
    }
  }

  /** A fixed view of one split as it stands; shards that come later do not change it. */
  table(split: Split): TokenTable {
    return this.#of(split).snapshot();
  }

  get counts(): LoadedCounts {
    return {
      train: this.#of('train').length,
      validation: this.#of('validation').length,
      test: this.#of('test').length,
    };
  }

  /** Reviews that can be read, of all splits. */
  get reviews(): number {
    return this.#positions.size;
  }

  /** Place in the sealed order of a source row, or undefined while it is not readable. */
  positionOf(row: number): number | undefined {
    return this.#positions.get(row);
  }

  #of(split: Split): GrowingTable {
    return this.#tables[SPLITS.indexOf(split)]!;
  }
}

/**
 * A table that grows at its end. Snapshots are views of its buffers: cheap, and fixed, since
 * appending writes behind them or, when a buffer is full, moves on to a larger one.
 */
class GrowingTable {
  readonly #split: number;
  #rows = new Uint32Array(0);
  #labels = new Uint8Array(0);
  #splits = new Uint8Array(0);
  #offsets = new Uint32Array(1);
  #tokens = new Uint32Array(0);
  #length = 0;

  constructor(split: number) {
    this.#split = split;
  }

  get length(): number {
    return this.#length;
  }

  /** Appends those reviews of `table` that belong to this split. */
  append({ rows, labels, splits, offsets, tokens }: TokenTable): void {
    for (let from = 0; from < rows.length; from += 1) {
      if (splits[from] !== this.#split) continue;
      let to = from + 1;
      while (to < rows.length && splits[to] === this.#split) to += 1;
      const run = tokens.subarray(offsets[from], offsets[to]);
      this.#reserve(this.#length + to - from, this.#tokenCount + run.length);
      this.#tokens.set(run, this.#tokenCount);
      this.#rows.set(rows.subarray(from, to), this.#length);
      this.#labels.set(labels.subarray(from, to), this.#length);
      this.#splits.fill(this.#split, this.#length, this.#length + to - from);
      const shift = this.#tokenCount - offsets[from]!;
      for (let i = from + 1; i <= to; i += 1) {
        this.#offsets[this.#length + i - from] = offsets[i]! + shift;
      }
      this.#length += to - from;
      from = to; // Row `to`, if there is one, is of another split.
    }
  }

  snapshot(): TokenTable {
    return {
      rows: this.#rows.subarray(0, this.#length),
      labels: this.#labels.subarray(0, this.#length),
      splits: this.#splits.subarray(0, this.#length),
      offsets: this.#offsets.subarray(0, this.#length + 1),
      tokens: this.#tokens.subarray(0, this.#tokenCount),
    };
  }

  get #tokenCount(): number {
    return this.#offsets[this.#length]!;
  }

  #reserve(reviews: number, tokens: number): void {
    if (reviews > this.#rows.length) {
      const capacity = grown(reviews);
      this.#rows = moved(new Uint32Array(capacity), this.#rows);
      this.#labels = moved(new Uint8Array(capacity), this.#labels);
      this.#splits = moved(new Uint8Array(capacity), this.#splits);
      this.#offsets = moved(new Uint32Array(capacity + 1), this.#offsets);
    }
    if (tokens > this.#tokens.length) {
      this.#tokens = moved(new Uint32Array(grown(tokens)), this.#tokens);
    }
  }
}

/** Half as much again: appending stays cheap, and at most a third of the room stays empty. */
function grown(needed: number): number {
  return Math.ceil(needed * 1.5);
}

function moved<A extends Uint8Array | Uint32Array>(target: A, source: A): A {
  target.set(source);
  return target;
}
