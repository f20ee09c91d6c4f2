import { bytePairTokenizer } from '../../core/text/index.ts';
import type { BytePairMerge } from '../../core/text/index.ts';
import { whole } from '../lab/format.ts';

/** A piece of a text as some merges cut it, or what stands between two words. */
export interface Piece {
  readonly text: string;
  /** Place in the order of the text's different pieces; undefined for what is no piece. */
  readonly kind?: number;
}

/** Cuts a text with the merges learned so far. The pieces, joined, are the text. */
export function piecesOf(text: string, merges: readonly BytePairMerge[]): Piece[] {
  const kinds = new Map<string, number>();
  const pieces: Piece[] = [];
  let done = 0;
  for (const token of bytePairTokenizer(merges, { breaks: 'space' }).tokenize(text)) {
    if (token.start > done) pieces.push({ text: text.slice(done, token.start) });
    const key = `${token.text}${token.wordEnd ? ' ' : ''}`;
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    pieces.push({ text: text.slice(token.start, token.end), kind });
    done = token.end;
  }
  if (done < text.length) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** One merge, such as “t + h → th”. An end of a word shows as a dot. */
export function describeMerge({ left, right, wordEnd, count }: BytePairMerge): string {
  const end = wordEnd ? '·' : '';
  return `${left} + ${right}${end} → ${left}${right}${end}  (${whole(count)} times)`;
}

interface Standing {
  /** Merges learned. */
  readonly merges: number;
  /** Symbols at first. */
  readonly alphabet: number;
  /** Pieces of the text now. */
  readonly pieces: number;
  /** Characters in the text’s words. */
  readonly characters: number;
}

/** How far learning is, in a sentence. */
export function describeStanding({ merges, alphabet, pieces, characters }: Standing): string {
  return (
    `${whole(merges)} merges: ${whole(alphabet + merges)} symbols. The text has ${whole(pieces)} ` +
    `pieces instead of ${whole(characters)} characters.`
  );
}

/** Characters in the words of a text: the pieces that no merge has joined. */
export const charactersOf = (text: string): number =>
  piecesOf(text, []).filter(({ kind }) => kind !== undefined).length;

/** A word as its pieces, with bars between them. */
export function showWord(word: string, merges: readonly BytePairMerge[]): string {
  const pieces = piecesOf(word.trim(), merges).filter(({ kind }) => kind !== undefined);
  return pieces.map(({ text }) => text).join(' | ') || 'Type a word.';
}
