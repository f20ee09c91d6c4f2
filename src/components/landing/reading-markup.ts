import { describeVerdict, unpackStates } from './reading.ts';
import type { Reading } from './reading.ts';

/** Shades of a hue, weak to strong. What is weaker than half of the first is not drawn. */
const SHADES = 7;
/** Tints of a word. */
const TINTS = 5;

/**
 * The states as an SVG drawing, a cell one unit wide and high: units over words. All cells of a shade
 * are one path, so that thousands of them stay small.
 */
export function statesMarkup(reading: Reading): string {
  const { units, words } = reading;
  const values = unpackStates(reading);
  const shade = (word: number, unit: number): number =>
    Math.round(values[word * units + unit]! * SHADES);
  const paths = new Map<number, string>();
  for (let unit = 0; unit < units; unit++) {
    for (let from = 0, to = 0; from < words.length; from = to) {
      const own = shade(from, unit);
      while (to < words.length && shade(to, unit) === own) to++;
      if (own !== 0) paths.set(own, `${paths.get(own) ?? ''}M${from} ${unit}h${to - from}`);
    }
  }
  return [...paths]
    .toSorted(([a], [b]) => a - b)
    .map(([own, path]) => {
      const hue = own < 0 ? 'negative' : 'positive';
      return `<path class="${hue}" stroke-opacity="${(Math.abs(own) / SHADES).toFixed(2)}" d="${path}"/>`;
    })
    .join('');
}

/** The verdict after each word as an SVG path in a box as wide as there are words, and 1 high. */
export function verdictPath({ probabilities }: Reading): string {
  const points = probabilities.map((value, i) => `${i + 0.5} ${Number((1 - value).toFixed(3))}`);
  return `M0 0.5L${points.join('L')}`;
}

/** The same, closed along the line of indecision. */
export function verdictArea(reading: Reading): string {
  return `${verdictPath(reading)}V0.5Z`;
}

/** Class of a word by the verdict after it: p1 to p5 for positive, n1 to n5 for negative. */
export function tintOf(probability: number): string {
  const strength = Math.round(TINTS * Math.abs(2 * probability - 1));
  return strength === 0 ? '' : `${probability < 0.5 ? 'n' : 'p'}${strength}`;
}

export const describeStates = ({ units, words }: Reading): string =>
  `Hidden state, ${units} units over ${words.length} words: the units above vote for positive, those below for negative.`;

/** Where the verdict goes, in a sentence. */
export function describeCourse({ probabilities, words }: Reading): string {
  const turn = probabilities.reduce(
    (best, value, i) => {
      const step = Math.abs(value - (probabilities[i - 1] ?? 0.5));
      return step > best.step ? { step, i } : best;
    },
    { step: 0, i: 0 },
  );
  return (
    `The verdict after each of ${words.length} words. The largest step is at word ${turn.i + 1}, ` +
    `“${words[turn.i]!.text}”; at the end it is ${describeVerdict(probabilities.at(-1)!)}.`
  );
}
