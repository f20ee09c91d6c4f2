import { signal as state } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { RaceProgress } from '../../client/index.ts';
import type { Plot } from '../../plots/frame/types.ts';
import type { ScatterData } from '../../plots/scatter.ts';
import { percent } from '../lab/format.ts';
import { define } from '../live-element.ts';
import { RacePanel } from '../training/race-panel.ts';
import { cosineText, NEIGHBOURS, showNeighbours } from './neighbour-text.ts';
import { WordVectors } from './word-vectors.ts';

interface Rows {
  readonly shape: readonly [ids: number, size: number];
  readonly values: Float32Array;
}

interface Look {
  readonly step: number;
  readonly vectors: WordVectors;
}

/** Shows where the words of a model in training stand, at its first step and now. */
class WordDrift extends RacePanel {
  readonly #now = state<Look | undefined>(undefined);
  #before: { readonly rows: Rows; readonly vectors: WordVectors } | undefined;
  #words: Promise<readonly string[]> | undefined;
  #plot: Promise<Plot<ScatterData>> | undefined;
  #newest: Rows | undefined;

  protected override connect(signal: AbortSignal): void {
    super.connect(signal);
    const word = this.child<HTMLInputElement>('drift-word');
    word.addEventListener('input', () => this.#list(), { signal });
    this.watch(() => void this.#draw(signal));
  }

  protected override rest(signal: AbortSignal): void {
    this.#plot ??= this.#make(signal);
  }

  protected show(race: RaceProgress): void {
    const [model] = race.models;
    const event = model?.history.findLast(({ telemetry }) => telemetry?.embeddings?.[0]);
    const newest = event?.telemetry?.embeddings?.[0];
    if (!event || !newest || newest === this.#newest) return;
    this.#newest = newest;
    void this.#take(event.step, model!.history[0]!.telemetry?.embeddings?.[0], newest);
  }

  async #take(step: number, first: Rows | undefined, newest: Rows): Promise<void> {
    // The first ids are no words.
    this.#words ??= compute
      .call('vocabulary', { size: newest.shape[0] })
      .then(({ words }) => words);
    const words = await this.#words;
    const vectorsOf = ({ values, shape }: Rows): WordVectors =>
      new WordVectors(words, { values, size: shape[1] });
    if (first && this.#before?.rows !== first) {
      this.#before = { rows: first, vectors: vectorsOf(first) };
    }
    this.#now.value = { step, vectors: vectorsOf(newest) };
  }

  async #draw(signal: AbortSignal): Promise<void> {
    const now = this.#now.value;
    if (!now) return;
    const { points, shares } = now.vectors.map();
    const close = cosineText(now.vectors.similarity('good', 'bad'));
    this.child('drift-said').textContent =
      `Step ${now.step}. Of all that sets these words apart, ${percent(shares[0])} lies along the ` +
      `first axis and ${percent(shares[1])} along the second. Cosine of “good” and “bad”: ${close}.`;
    this.#list();
    (await (this.#plot ??= this.#make(signal))).update(points);
  }

  async #make(signal: AbortSignal): Promise<Plot<ScatterData>> {
    const { scatterPlot } = await import('../../plots/scatter.ts');
    const plot = scatterPlot([], {
      title: 'Words while the model learns',
      valueName: 'praise',
      equal: true,
      height: 320,
      resting: 'Words of praise, words of scorn and others: dots that drift apart as it learns.',
    });
    this.child('drift-plot').replaceChildren(plot.element);
    signal.addEventListener('abort', () => {
      plot.destroy();
      this.#plot = undefined;
    });
    return plot;
  }

  #list(): void {
    const word = this.child<HTMLInputElement>('drift-word').value.trim().toLowerCase();
    const now = this.#now.peek();
    if (!now) return;
    const known = now.vectors.has(word);
    this.child('drift-hint').textContent = known ? '' : 'Not among the words of this model.';
    for (const [part, look] of [
      ['drift-before', this.#before],
      ['drift-now', now],
    ] as const) {
      const list = look && known ? look.vectors.neighbours(word, NEIGHBOURS) : [];
      showNeighbours(this.child(part), list);
    }
  }
}

define('word-drift', WordDrift);
