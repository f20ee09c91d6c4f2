/** A run of words that a document shares with one of the searched texts. */
export interface SharedRun {
  readonly document: string;
  /** Line of the run's first word, from 1. */
  readonly line: number;
  /** Index of the first searched text that holds the run. */
  readonly text: number;
}

interface Place {
  readonly document: string;
  readonly line: number;
  readonly words: readonly number[];
}

const WORD = /[\p{L}\p{N}]+/gu;
const TAG = /<br\s*\/?>/gi;
const FACTOR = 0x01000193;

/** Lower case, with the line breaks of HTML gone and everything else at its place. */
const plain = (text: string): string =>
  text.replace(TAG, (tag) => ' '.repeat(tag.length)).toLowerCase();

/**
 * Finds every run of `length` words that a document shares with a text, whatever stands between the
 * words. Remembers the runs of the documents, not of the texts, so that those can be many; a rolling
 * hash (Rabin and Karp, 1987) finds candidates, and the words themselves decide.
 */
export function findSharedRuns(
  documents: Readonly<Record<string, string>>,
  texts: readonly string[],
  length: number,
): SharedRun[] {
  const ids = new Map<string, number>();
  const places = placesByHash(documents, length, ids);
  let outgoing = 1;
  for (let i = 0; i < length; i++) outgoing = Math.imul(outgoing, FACTOR);

  const shared = new Map<Place, SharedRun>();
  texts.forEach((text, index) => {
    let run: number[] = [];
    let hash = 0;
    for (const [word] of plain(text).matchAll(WORD)) {
      const id = ids.get(word);
      if (id === undefined) {
        run = [];
        hash = 0;
        continue;
      }
      run.push(id);
      hash = (Math.imul(hash, FACTOR) + id) | 0;
      if (run.length > length) hash = (hash - Math.imul(run.at(-1 - length)!, outgoing)) | 0;
      if (run.length < length) continue;
      for (const place of places.get(hash) ?? []) {
        if (shared.has(place) || !endsWith(run, place.words)) continue;
        shared.set(place, { document: place.document, line: place.line, text: index });
      }
    }
  });
  return [...shared.values()];
}

/** The documents' runs by hash. Fills `ids` with a number for each of their words. */
function placesByHash(
  documents: Readonly<Record<string, string>>,
  length: number,
  ids: Map<string, number>,
): Map<number, Place[]> {
  const places = new Map<number, Place[]>();
  for (const [document, source] of Object.entries(documents)) {
    const words: number[] = [];
    const lines: number[] = [];
    for (const [i, row] of plain(source).split('\n').entries()) {
      for (const [word] of row.matchAll(WORD)) {
        if (!ids.has(word)) ids.set(word, ids.size + 1);
        words.push(ids.get(word)!);
        lines.push(i + 1);
      }
    }
    for (let start = 0; start + length <= words.length; start++) {
      const run = words.slice(start, start + length);
      const hash = run.reduce((sum, id) => (Math.imul(sum, FACTOR) + id) | 0, 0);
      const place = { document, line: lines[start]!, words: run };
      const others = places.get(hash);
      if (others) others.push(place);
      else places.set(hash, [place]);
    }
  }
  return places;
}

function endsWith(run: readonly number[], words: readonly number[]): boolean {
  const offset = run.length - words.length;
  return words.every((word, i) => run[offset + i] === word);
}
