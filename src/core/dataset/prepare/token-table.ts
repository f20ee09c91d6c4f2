import type { TokenTable } from '../types.ts';

/** All reviews of a source as parallel columns of length n. */
export interface Corpus {
  readonly rows: ArrayLike<number>;
  readonly labels: ArrayLike<number>;
  readonly splits: ArrayLike<number>;
  /** Vocabulary ranks of each review. */
  readonly documents: readonly Uint32Array[];
}

/** Gathers the reviews at `members`, in that order, into a table. */
export function gatherTable(corpus: Corpus, members: readonly number[]): TokenTable {
  const offsets = new Uint32Array(members.length + 1);
  members.forEach((member, i) => {
    offsets[i + 1] = offsets[i]! + corpus.documents[member]!.length;
  });
  const tokens = new Uint32Array(offsets[members.length]!);
  members.forEach((member, i) => tokens.set(corpus.documents[member]!, offsets[i]));
  return {
    rows: Uint32Array.from(members, (member) => corpus.rows[member]!),
    labels: Uint8Array.from(members, (member) => corpus.labels[member]!),
    splits: Uint8Array.from(members, (member) => corpus.splits[member]!),
    offsets,
    tokens,
  };
}
