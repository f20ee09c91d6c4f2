import { define, LiveElement } from '../live-element.ts';
import { showNeighbours } from './neighbour-text.ts';
import type { MapPoint, Neighbour } from './word-vectors.ts';

interface Map {
  readonly points: readonly MapPoint[];
  readonly neighbours: Readonly<Record<string, readonly Neighbour[]>>;
}

/** Draws a map of words, and lists the neighbours of the one that the reader chooses. */
class WordMapElement extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const map = JSON.parse(this.child('map').textContent) as Map;
    const word = this.child<HTMLSelectElement>('word');
    word.disabled = false;
    const list = (): void =>
      showNeighbours(this.child('neighbours'), map.neighbours[word.value] ?? []);
    word.addEventListener('input', list, { signal });
    list();
    void this.#draw(map, word, signal);
  }

  async #draw(map: Map, word: HTMLSelectElement, signal: AbortSignal): Promise<void> {
    const { scatterPlot } = await import('../../plots/scatter.ts');
    if (signal.aborted) return;
    const plot = scatterPlot(map.points, {
      title: 'Words of the embedding',
      valueName: 'praise',
      equal: true,
      height: 320,
      onSelect: ([first]) => {
        if (first === undefined) return;
        word.value = map.points[first]!.label;
        word.dispatchEvent(new Event('input', { bubbles: true }));
      },
    });
    this.child('plot').replaceChildren(plot.element);
    signal.addEventListener('abort', () => plot.destroy());
  }
}

define('word-map', WordMapElement);
