/** A text beside its point, in px. */
export interface PlacedLabel {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

interface Candidate {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

interface Area {
  readonly width: number;
  readonly height: number;
}

/** Width of a letter and height of a line of the label font, in px. */
const LETTER = 7.2;
const LINE = 15;
/** Free space behind a label. */
const SPACE = 5;
const BESIDE = 6;

/**
 * Places labels beside their points, first come, first served; one that would cover another or stick
 * out gets no place.
 */
export function placeLabels(
  candidates: readonly Candidate[],
  area: Area,
  most: number,
): PlacedLabel[] {
  const taken: (readonly [number, number, number, number])[] = [];
  const placed: PlacedLabel[] = [];
  for (const { index, x, y, text } of candidates) {
    if (placed.length === most) break;
    if (x < 0 || y < 0 || x > area.width || y > area.height) continue;
    const width = text.length * LETTER + SPACE;
    for (const anchor of ['start', 'end'] as const) {
      const left = anchor === 'start' ? x + BESIDE : x - BESIDE - width;
      const box = [left, y - LINE / 2, left + width, y + LINE / 2] as const;
      const outside = box[0] < 0 || box[2] > area.width || box[1] < 0 || box[3] > area.height;
      if (outside || taken.some((other) => overlap(box, other))) continue;
      taken.push(box);
      placed.push({ index, x: anchor === 'start' ? x + BESIDE : x - BESIDE, y: y + 4, anchor });
      break;
    }
  }
  return placed;
}

type Rect = readonly [left: number, top: number, right: number, bottom: number];

function overlap(a: Rect, b: Rect): boolean {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
