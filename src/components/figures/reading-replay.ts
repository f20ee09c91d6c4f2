import { cellDiagram } from '../../plots/cell-diagram.ts';
import { LAYER_COLORS } from '../../plots/colors.ts';
import { linkPlots } from '../../plots/frame/create-plot.ts';
import { heatMap } from '../../plots/heat-map.ts';
import { linePlot } from '../../plots/line.ts';
import { tokenStrip } from '../../plots/token-strip.ts';
import type { Token } from '../../plots/token-strip.ts';
import { define, LiveElement } from '../live-element.ts';
import { vectorsAt } from './vectors-at.ts';
import type { Reading } from './vectors-at.ts';

/** Logits beyond this look alike. */
const STRONGEST_LOGIT = 4;

interface Replay {
  readonly tokens: readonly Token[];
  readonly readings: readonly Reading[];
}

/** Shows what a network does at each word of a review, in four linked plots. */
class ReadingReplay extends LiveElement {
  protected connect(signal: AbortSignal): void {
    // Words wrap elsewhere in another font, and all that follows would move.
    const style = getComputedStyle(this);
    const families = ['--serif', '--sans', '--mono'].map((name) => style.getPropertyValue(name));
    void Promise.all(families.map((family) => document.fonts.load(`1rem ${family}`))).then(() => {
      if (!signal.aborted) this.#draw(signal);
    });
  }

  #draw(signal: AbortSignal): void {
    const { tokens, readings } = JSON.parse(this.child('replay').textContent) as Replay;
    const step = this.child<HTMLInputElement>('step');
    const words = tokens.map(({ text }) => text);
    const pad = tokens.map(({ kind }) => kind === 'pad');
    const chosen = (): Reading => {
      const cell = this.querySelector<HTMLInputElement>('input:checked')!.value;
      return readings.find((reading) => reading.cell === cell)!;
    };
    /** Timesteps read so far. */
    const read = (): number => step.valueAsNumber + 1;

    const tokenData = (): Token[] =>
      tokens.map((token, t) =>
        t < read() && token.kind !== 'pad' ? { ...token, value: chosen().logits[t]! } : token,
      );
    const stateData = () => ({
      values: chosen().h.map((value, i) => (i < read() * chosen().units ? value : Number.NaN)),
      steps: tokens.length,
      units: chosen().units,
      words,
      pad,
    });
    const verdictData = () => ({
      series: [
        {
          name: 'logit',
          color: LAYER_COLORS[chosen().cell],
          points: chosen()
            .logits.slice(0, read())
            .map((logit, t) => [t + 1, logit] as const),
        },
      ],
      xMax: tokens.length,
      guides: [{ value: 0, label: 'undecided' }],
    });
    const cellData = () => ({
      cell: chosen().cell,
      vectors: vectorsAt(chosen(), read() - 1),
      word: tokens[read() - 1]!.kind === 'word' ? words[read() - 1]! : tokens[read() - 1]!.kind,
    });

    const plots = {
      tokens: tokenStrip(tokenData(), {
        title: 'The review, coloured by the verdict so far',
        valueName: 'logit so far',
        most: STRONGEST_LOGIT,
      }),
      states: heatMap(stateData(), { title: 'Hidden state after each word', most: 1 }),
      verdict: linePlot(verdictData(), {
        title: 'The verdict so far',
        x: { label: 'timesteps read' },
        y: { label: 'logit of the verdict', include: [-STRONGEST_LOGIT, STRONGEST_LOGIT] },
        height: 220,
      }),
      cell: cellDiagram(cellData(), { title: 'The cell at this timestep' }),
    };
    for (const [part, { element }] of Object.entries(plots)) this.child(part).append(element);
    linkPlots([plots.tokens, plots.states, plots.verdict]);
    const show = (): void => {
      plots.tokens.update(tokenData());
      plots.states.update(stateData());
      plots.verdict.update(verdictData());
      plots.cell.update(cellData());
    };
    // Drawn before the next paint: the elements have their widths now.
    show();
    this.addEventListener('input', show, { signal });
    signal.addEventListener('abort', () => {
      for (const plot of Object.values(plots)) plot.destroy();
    });
  }
}

define('reading-replay', ReadingReplay);
