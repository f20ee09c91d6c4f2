import type { PlotSpec } from '../../components/plots/kinds.ts';
import { guess } from '../read-the-data/wording.ts';
import type { Silence } from './silence.ts';

/** “a”, “b” and “c” */
export function list(words: readonly string[]): string {
  const quoted = words.map((word) => `“${word}”`);
  return [quoted.slice(0, -1).join(', '), quoted.at(-1)].filter(Boolean).join(' and ');
}

/** Share of the reviews that is judged right no more once some units are silent; 0 if it is none. */
export function costOf({ steps }: Silence, count: number): number {
  const without = steps.find((step) => step.count === count)!;
  return Math.max(0, steps[0]!.accuracy - without.accuracy);
}

/** Answers to the question for the accuracy that a knock-out costs. */
export function guessCost(cost: number) {
  return guess(cost, [
    { share: 0.005, text: 'Next to nothing' },
    { share: 0.05, text: 'About 5 percentage points' },
    { share: 0.15, text: 'About 15 percentage points' },
    { share: 0.35, text: 'Nearly all: it falls to guessing' },
  ]);
}

/** Accuracy by the number of silent units. */
export function silenceLine({ steps }: Silence): PlotSpec {
  return {
    kind: 'line',
    data: {
      series: [
        {
          name: 'accuracy',
          points: steps.map(({ count, accuracy }) => [count, accuracy]),
          color: 'var(--accent)',
          dots: true,
        },
      ],
      guides: [{ value: 0.5, label: 'guessing' }],
    },
    options: {
      title: 'Accuracy without the loudest units',
      x: { label: 'silent units' },
      y: { format: '.0%', include: [0.5, 1] },
    },
  };
}
