import type { Timestep } from '../../client/index.ts';
import { linkPlots } from '../../plots/frame/create-plot.ts';
import { heatMap } from '../../plots/heat-map.ts';
import { linePlot } from '../../plots/line.ts';
import { tokenStrip } from '../../plots/token-strip.ts';
import { define, LiveElement } from '../live-element.ts';
import { inTurn } from './in-turn.ts';
import { tokensOf, wordOf } from './layer-view.ts';

interface Hero {
  readonly timesteps: readonly Timestep[];
  readonly units: number;
  /** [T, U] */
  readonly h: readonly number[];
  /** Of a positive review, after each timestep. */
  readonly running: readonly number[];
}

/** Lets a network read a review once more: its words, its states and its verdict, linked. */
class StatesHero extends LiveElement {
  protected connect(signal: AbortSignal): void {
    const hero = JSON.parse(this.child('hero').textContent) as Hero;
    const { timesteps, units, h, running } = hero;
    const step = this.child<HTMLInputElement>('step');
    const read = (): number => step.valueAsNumber + 1;
    const verdicts = running.map((share) => 2 * share - 1);
    const tokens = () => tokensOf(hero, verdicts.slice(0, read()));
    const states = () => ({
      values: h.map((value, i) => (i < read() * units ? value : Number.NaN)),
      steps: timesteps.length,
      units,
      words: timesteps.map(wordOf),
    });
    const line = () => ({
      series: [
        {
          name: 'probability',
          points: running.slice(0, read()).map((share, t) => [t + 1, share] as const),
          color: 'var(--accent)',
        },
      ],
      xMax: timesteps.length,
      guides: [{ value: 0.5, label: 'undecided' }],
    });
    const plots = {
      tokens: tokenStrip(tokens(), {
        title: 'The review, coloured by the verdict so far',
        valueName: 'verdict so far, from −1 to 1:',
        ids: false,
      }),
      states: heatMap(states(), {
        title: 'Hidden state after each word',
        // Of the whole review: colours stay what they are while it is read.
        most: Math.max(...h.map(Math.abs)),
      }),
      verdict: linePlot(line(), {
        title: 'Probability of a positive review after each word',
        height: 180,
        x: { label: 'timestep' },
        y: { format: '.0%', include: [0, 1] },
      }),
    };
    for (const [part, { element }] of Object.entries(plots)) this.child(part).append(element);
    linkPlots([plots.tokens, plots.states, plots.verdict]);
    const updates = [
      () => plots.tokens.update(tokens()),
      () => plots.states.update(states()),
      () => plots.verdict.update(line()),
    ];
    step.addEventListener('input', () => updates.forEach(inTurn), { signal });
    signal.addEventListener('abort', () => {
      for (const plot of Object.values(plots)) plot.destroy();
    });
  }
}

define('states-hero', StatesHero);
