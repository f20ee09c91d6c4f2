import { SingleFlight } from './flight.ts';
import type { TextShard } from '../types.ts';

/** Text shards held unpacked: each is about a megabyte in memory. */
const SHARDS_HELD = 8;

/** Loads the texts of one shard. */
export type LoadTexts = (shard: TextShard, signal: AbortSignal) => Promise<readonly string[]>;

/** Texts by place in the sealed order, loaded by the shard when first asked for. */
export class TextShelf {
  readonly #shards: readonly TextShard[];
  readonly #load: LoadTexts;
  readonly #flights = new SingleFlight<readonly string[]>();
  /** The shards used last, the most recent one at the end. */
  readonly #held = new Map<TextShard, readonly string[]>();

  /** @param shards in sealed order. */
  constructor(shards: readonly TextShard[], load: LoadTexts) {
    this.#shards = shards;
    this.#load = load;
  }

  /**
   * One review's text as it stands in the source.
   *
   * @throws RangeError for a position that no shard holds; DataError; the signal's reason.
   */
  async text(position: number, signal?: AbortSignal): Promise<string> {
    const shard = this.#shards.find(
      (candidate) =>
        position >= candidate.position && position < candidate.position + candidate.reviews,
    );
    const texts = shard && (await this.#texts(shard, signal));
    const text = shard && texts?.[position - shard.position];
    if (text === undefined) {
      const total = this.#shards.reduce((sum, { reviews }) => sum + reviews, 0);
      throw new RangeError(`There is no review at position ${position}: they go to ${total - 1}.`);
    }
    return text;
  }

  async #texts(shard: TextShard, signal?: AbortSignal): Promise<readonly string[]> {
    const texts =
      this.#held.get(shard) ??
      (await this.#flights.join(shard.file, (flight) => this.#load(shard, flight), signal));
    this.#held.delete(shard);
    this.#held.set(shard, texts);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= SHARDS_HELD) break;
      this.#held.delete(oldest);
    }
    return texts;
  }
}
