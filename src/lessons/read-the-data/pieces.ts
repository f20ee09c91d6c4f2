import { wordTokenizer } from '../../core/text/tokenize.ts';
import type { Vocabulary } from '../../core/text/vocabulary.ts';

/** A word of a review, or what stands between two words. */
export interface Piece {
  readonly text: string;
  /** 0-based rank of the word; undefined for what is no word, and for an unknown one. */
  readonly rank?: number;
}

/** Cuts a text at the bounds of its words. The pieces, joined, are the text again. */
export function cutIntoPieces(text: string, vocabulary: Pick<Vocabulary, 'indexOf'>): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const word of wordTokenizer().tokenize(text)) {
    if (word.start > done) pieces.push({ text: text.slice(done, word.start) });
    const rank = vocabulary.indexOf(word.text);
    const piece = text.slice(word.start, word.end);
    pieces.push(rank === -1 ? { text: piece } : { text: piece, rank });
    done = word.end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}
