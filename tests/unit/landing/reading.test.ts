import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  describeVerdict,
  packReading,
  unpackStates,
} from '../../../src/components/landing/reading.ts';
import {
  describeCourse,
  statesMarkup,
  tintOf,
  verdictArea,
  verdictPath,
} from '../../../src/components/landing/reading-markup.ts';

const readings = fc
  .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }))
  .chain(([steps, units]) =>
    fc.record({
      words: fc.constant(
        Array.from({ length: steps }, (_, i) => ({ text: `w${i}`, known: i % 3 > 0 })),
      ),
      units: fc.constant(units),
      states: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
        minLength: steps * units,
        maxLength: steps * units,
      }),
      probabilities: fc.array(fc.float({ min: 0, max: 1, noNaN: true }), {
        minLength: steps,
        maxLength: steps,
      }),
      votes: fc.array(fc.float({ min: -1, max: 1, noNaN: true }), {
        minLength: units,
        maxLength: units,
      }),
    }),
  );
const RUNS = { seed: 1, numRuns: 150 };

test('packing keeps every state to a 254th of the largest, units by their vote', () => {
  fc.assert(
    fc.property(readings, (given) => {
      const { states, units, votes, words } = given;
      const most = Math.max(...states.map(Math.abs)) || 1;
      const unpacked = unpackStates(packReading(given));
      const order = votes.map((_, unit) => unit).toSorted((a, b) => votes[b]! - votes[a]!);
      expect(unpacked.length).toBe(states.length);
      for (const [place, unit] of order.entries()) {
        for (let t = 0; t < words.length; t++) {
          const error = unpacked[t * units + place]! - states[t * units + unit]! / most;
          expect(Math.abs(error)).toBeLessThan(0.5 / 127 + 1e-6);
        }
      }
    }),
    RUNS,
  );
});

test('the drawing paints each cell once, in the shade of its value', () => {
  fc.assert(
    fc.property(readings, (given) => {
      const packed = packReading(given);
      const { units } = packed;
      const values = unpackStates(packed);
      const painted = new Map<number, number>();
      const paths = /<path class="(\w+)" stroke-opacity="([\d.]+)" d="([^"]+)"\/>/g;
      for (const [, hue, opacity, d] of statesMarkup(packed).matchAll(paths)) {
        for (const [, word, unit, run] of d!.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
          for (let i = 0; i < Number(run); i++) {
            const cell = (Number(word) + i) * units + Number(unit);
            expect(painted.has(cell), 'painted once').toBe(false);
            painted.set(cell, Number(opacity) * (hue === 'positive' ? 1 : -1));
          }
        }
      }
      values.forEach((value, cell) => {
        expect(Math.abs((painted.get(cell) ?? 0) - value)).toBeLessThan(0.5 / 7 + 0.006);
      });
    }),
    RUNS,
  );
});

test('verdicts are drawn, tinted and told', () => {
  const probabilities = [0.5, 0.9, 0.2];
  const words = ['A', 'fine', 'mess'].map((text) => ({ text, known: true }));
  const reading = packReading({ words, units: 1, states: [0, 1, -1], probabilities, votes: [1] });
  expect(verdictPath(reading)).toBe('M0 0.5L0.5 0.5L1.5 0.1L2.5 0.8');
  expect(verdictArea(reading)).toBe('M0 0.5L0.5 0.5L1.5 0.1L2.5 0.8V0.5Z');
  expect([0.5, 0.54, 0.56, 1, 0.44, 0].map(tintOf)).toEqual(['', '', 'p1', 'p5', 'n1', 'n5']);
  expect([0.5, 0.834, 0.2].map(describeVerdict)).toEqual([
    '50\u202f% positive',
    '83\u202f% positive',
    '80\u202f% negative',
  ]);
  expect(describeCourse(reading)).toBe(
    'The verdict after each of 3 words. The largest step is at word 3, “mess”; at the end it is 80\u202f% negative.',
  );
});
