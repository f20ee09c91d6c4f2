import type { PlotSpec } from '../../components/plots/kinds.ts';

interface Ending {
  readonly words: number;
  readonly accuracy: number;
}

/** Accuracy by how many of the last words a network reads. */
export function endingsPlot(endings: readonly Ending[], whole: number): PlotSpec {
  return {
    kind: 'line',
    data: {
      series: [
        {
          name: 'LSTM',
          color: 'var(--layer-lstm)',
          dots: true,
          points: endings.map(({ words, accuracy }) => [words, accuracy] as const),
        },
      ],
      guides: [
        { value: whole, label: 'the whole review' },
        { value: 0.5, label: 'guessing' },
      ],
    },
    options: {
      title: 'Accuracy by the number of last words that the network reads',
      table: false,
      x: { label: 'last words of each review' },
      y: { format: '.0%', include: [0.5, 0.9] },
    },
  };
}

/** The value at which a gate is held best. */
export function bestHeld(held: readonly { readonly value: number; readonly accuracy: number }[]) {
  return held.reduce((best, next) => (next.accuracy > best.accuracy ? next : best));
}

/** Of some lengths of ending, the first at which accuracy comes within a margin of the whole. */
export function enoughWords(endings: readonly Ending[], whole: number, margin: number): number {
  return (endings.find(({ accuracy }) => accuracy >= whole - margin) ?? endings.at(-1)!).words;
}

/** The least and largest value of the unit that moves most. @param values [T, U], row-major */
export function widestSwing(values: readonly number[], units: number) {
  const swings = Array.from({ length: units }, (_, unit) => {
    const own = values.filter((_value, i) => i % units === unit);
    return { low: Math.min(...own), high: Math.max(...own) };
  });
  return swings.reduce((best, next) => (next.high - next.low > best.high - best.low ? next : best));
}
