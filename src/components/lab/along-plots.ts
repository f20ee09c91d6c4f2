import type { WordVerdict } from '../../client/index.ts';
import { linePlot } from '../../plots/line.ts';
import { tokenStrip } from '../../plots/token-strip.ts';

/** The verdict while the model reads: after each word, as if the review had ended there. */
export class AlongPlots {
  readonly #line = linePlot(
    { series: [] },
    {
      title: 'Probability of a positive review after each word',
      table: false,
      height: 160,
      x: { label: 'word' },
      y: { format: '.0%', include: [0, 1] },
    },
  );
  readonly #words = tokenStrip([], {
    title: 'The words, coloured by the verdict after each',
    valueName: 'verdict so far, from −1 to 1:',
    ids: false,
  });

  get elements(): HTMLElement[] {
    return [this.#line.element, this.#words.element];
  }

  show(words: readonly WordVerdict[]): void {
    for (const element of this.elements) element.hidden = words.length === 0;
    this.#line.update({
      series: [
        {
          name: 'probability',
          points: words.map(({ probability }, i) => [i + 1, probability]),
          color: 'var(--accent)',
        },
      ],
      guides: [{ value: 0.5, label: 'undecided' }],
    });
    this.#words.update(
      words.map(({ word, probability, known }) => ({
        text: word,
        id: 0,
        kind: known ? 'word' : 'unknown',
        value: 2 * probability - 1,
      })),
    );
  }

  destroy(): void {
    this.#line.destroy();
    this.#words.destroy();
  }
}
