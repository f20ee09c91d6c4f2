import type { Preprocessing } from '../models/preprocessing.ts';
import type { Reader } from './text-reader.ts';
import type { ReviewRow } from './rows.ts';
import { rowOf } from './rows.ts';

/** What a model reads at one timestep. */
export interface Timestep {
  /** The word, or pair of words; '' for a mark. */
  readonly text: string;
  readonly id: number;
  readonly kind: 'word' | 'unknown' | 'start' | 'pad';
}

/** A review as a model takes it, and what stands at each timestep. */
export interface ReadReview {
  readonly row: ReviewRow;
  /** The ids without padding. */
  readonly ids: readonly number[];
  /** [T] */
  readonly timesteps: readonly Timestep[];
  /** Tokens that did not fit in. */
  readonly cut: number;
}

/** Reads a text as a model was trained to, timestep by timestep. */
export function readReview(reader: Reader, preprocessing: Preprocessing, text: string): ReadReview {
  const tokens = reader.tokensOf(text);
  const { ids, cut } = reader.read(tokens);
  const names = reader.namesOf(tokens, ids);
  const row = rowOf(ids, preprocessing);
  const timesteps = Array.from(row.ids, (id, step): Timestep => {
    const at = step - row.first;
    const isPad = at < 0 || at >= row.length;
    if (isPad) return { text: '', id, kind: 'pad' };
    return { text: names[at] ?? '', id, kind: kindOf(id, preprocessing) };
  });
  return { row, ids, timesteps, cut };
}

function kindOf(id: number, { startId, oovId }: Preprocessing): Timestep['kind'] {
  if (id === startId) return 'start';
  return id === oovId ? 'unknown' : 'word';
}
