import { projectToPlane } from '../../plots/scatter/project-to-plane.ts';
import { CHOSEN_WORDS } from './chosen-words.ts';

/** Id of the commonest word, as in Keras: those below are marks. */
const FIRST_WORD = 4;

/** A table of vectors, a row for each id; row-major. */
export interface VectorTable {
  readonly values: Float32Array;
  /** Numbers in a vector. */
  readonly size: number;
}

export interface Neighbour {
  readonly word: string;
  /** Cosine of the angle between the vectors, −1 to 1. */
  readonly similarity: number;
}

/** A chosen word in the plane. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
  readonly label: string;
  readonly value: number;
}

export interface WordMap {
  readonly points: readonly MapPoint[];
  /** The share of the words’ variance that lies along each of the two axes. */
  readonly shares: readonly [number, number];
}

/** The words of a table, in the order of their ids, and its vectors. */
export class WordVectors {
  readonly words: readonly string[];
  readonly #table: VectorTable;
  readonly #ranks: ReadonlyMap<string, number>;

  /** @param words commonest first; those without a row are left out */
  constructor(words: readonly string[], table: VectorTable) {
    this.#table = table;
    this.words = words.slice(0, table.values.length / table.size - FIRST_WORD);
    this.#ranks = new Map(this.words.map((word, rank) => [word, rank]));
  }

  has(word: string): boolean {
    return this.#ranks.has(word);
  }

  /** A view. @throws RangeError for a word that has no vector */
  vector(word: string): Float32Array {
    const rank = this.#ranks.get(word);
    if (rank === undefined) throw new RangeError(`There is no vector for ${JSON.stringify(word)}.`);
    return this.#row(rank);
  }

  similarity(a: string, b: string): number {
    return cosine(this.vector(a), this.vector(b));
  }

  /** The words whose vectors point most nearly in the direction of this one’s. */
  neighbours(word: string, count: number): Neighbour[] {
    const own = this.vector(word);
    return this.words
      .map((other, rank) => ({ word: other, similarity: cosine(own, this.#row(rank)) }))
      .filter((other) => other.word !== word)
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, count);
  }

  /** The chosen words in the plane of their first two principal components, praise to the right. */
  map(): WordMap {
    const shown = CHOSEN_WORDS.filter(({ word }) => this.has(word));
    const vectors = shown.map(({ word }) => this.vector(word));
    const places = projectToPlane(vectors);
    // An axis may point either way.
    const lean = places.reduce((sum, [x], i) => sum + x * shown[i]!.value, 0);
    const flip = lean < 0 ? -1 : 1;
    const total = variance(vectors);
    const along = [0, 1].map((axis) => places.reduce((sum, place) => sum + place[axis]! ** 2, 0));
    return {
      points: places.map(([x, y], i) => ({
        x: flip * x,
        y,
        label: shown[i]!.word,
        value: shown[i]!.value,
      })),
      shares: [along[0]! / total, along[1]! / total],
    };
  }

  #row(rank: number): Float32Array {
    const { values, size } = this.#table;
    return values.subarray((rank + FIRST_WORD) * size, (rank + FIRST_WORD + 1) * size);
  }
}

/** Summed squared distances from the mean. */
function variance(vectors: readonly Float32Array[]): number {
  let sum = 0;
  for (let i = 0; i < (vectors[0]?.length ?? 0); i += 1) {
    const mean = vectors.reduce((total, vector) => total + vector[i]!, 0) / vectors.length;
    for (const vector of vectors) sum += (vector[i]! - mean) ** 2;
  }
  return sum || 1;
}

function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    dot += a[i]! * b[i]!;
    squareA += a[i]! ** 2;
    squareB += b[i]! ** 2;
  }
  const length = Math.sqrt(squareA * squareB);
  return length === 0 ? 0 : dot / length;
}
