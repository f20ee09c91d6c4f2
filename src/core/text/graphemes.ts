const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

const FIRST_NON_ASCII = 0x80;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/**
 * Cuts a text into extended grapheme clusters (UAX #29), the characters that a reader perceives.
 * Joined, the clusters give the text again.
 *
 * Two neighbouring ASCII characters always belong to different clusters, CR LF apart, so only the
 * stretches around other characters need the far slower `Intl.Segmenter`.
 */
export function splitGraphemes(text: string): string[] {
  const clusters: string[] = [];
  let start = 0;
  while (start < text.length) {
    if (isAscii(text, start) && (start + 1 === text.length || isAscii(text, start + 1))) {
      const end = start + (isLineEnd(text, start) ? 2 : 1);
      clusters.push(text.slice(start, end));
      start = end;
    } else {
      const end = endOfStretch(text, start);
      for (const { segment } of segmenter.segment(text.slice(start, end))) clusters.push(segment);
      start = end;
    }
  }
  return clusters;
}

/** The first boundary after `start` that lies between two ASCII characters. */
function endOfStretch(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && !(isAscii(text, end - 1) && isAscii(text, end))) end += 1;
  return isLineEnd(text, end - 1) ? end - 1 : end;
}

function isAscii(text: string, index: number): boolean {
  return text.charCodeAt(index) < FIRST_NON_ASCII;
}

function isLineEnd(text: string, index: number): boolean {
  return text.charCodeAt(index) === CARRIAGE_RETURN && text.charCodeAt(index + 1) === LINE_FEED;
}
