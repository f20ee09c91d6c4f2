import { signal as state } from '@preact/signals-core';
import { linePlot } from '../../plots/line.ts';
import { tokenStrip } from '../../plots/token-strip.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { signed } from '../lab/format.ts';
import { sigmoid, tokensOf, wordOf } from './layer-view.ts';
import { place } from './panel.ts';
import type { PanelHost } from './panel.ts';

const COLORINGS = ['running', 'occlusion', 'timesInput'] as const;
type Coloring = (typeof COLORINGS)[number];

/** The review as the model reads it, coloured, and its verdict after each word. */
export function readingPanel(host: PanelHost): Plot<never>[] {
  const { inspection, find, watch, signal } = host;
  const coloring = state<Coloring>('running');
  const strip = place(
    host,
    'tokens',
    tokenStrip([], {
      title: 'The review as the model reads it',
      resting: 'The review, word by word, as the model reads it.',
      valueName: 'value',
      most: 'largest',
      ids: false,
      onPick: (step) => {
        const timestep = inspection.review.value?.timesteps[step];
        if (timestep?.kind === 'word') void inspection.findNeighbours(timestep.text);
      },
    }),
  );
  const line = place(
    host,
    'running',
    linePlot(
      { series: [] },
      {
        title: 'Probability of a positive review after each word',
        resting: 'The verdict, had the review ended after each word.',
        height: 180,
        x: { label: 'timestep' },
        y: { format: '.0%', include: [0, 1] },
      },
    ),
  );
  const select = find<HTMLSelectElement>('coloring');
  select.addEventListener('change', () => (coloring.value = select.value as Coloring), { signal });
  watch(() => {
    const review = inspection.review.value;
    const running = inspection.running.value;
    const values = {
      running: running?.map((logit) => 2 * sigmoid(logit) - 1),
      occlusion: inspection.occlusion.value,
      timesInput: review?.timesInput,
    }[coloring.value];
    strip.update(review ? tokensOf(review, values) : []);
  });
  watch(() => {
    const review = inspection.review.value;
    const running = inspection.running.value;
    const points = Array.from(running ?? [], (logit, t) => [t + 1, sigmoid(logit)] as const);
    line.update({
      series: [
        {
          name: 'probability',
          points: points.filter(([, share]) => !Number.isNaN(share)),
          color: 'var(--accent)',
        },
      ],
      ...(review ? { xMax: review.timesteps.length } : {}),
      guides: [{ value: 0.5, label: 'undecided' }],
    });
  });
  return [strip, line] as unknown as Plot<never>[];
}

/** The words that decided, by two answers to the question which those are. */
export function wordsPanel(host: PanelHost): Plot<never>[] {
  const { inspection, find, watch } = host;
  const options = { most: 'largest', ids: false } as const;
  const occlusion = place(
    host,
    'occlusion',
    tokenStrip([], {
      ...options,
      title: 'Occlusion',
      valueName: 'logit lost without it',
      resting: 'What the verdict loses without each word.',
    }),
  );
  const product = place(
    host,
    'times-input',
    tokenStrip([], {
      ...options,
      title: 'Gradient × input',
      valueName: 'gradient × input',
      resting: 'The slope of the verdict at each word, times its vector.',
    }),
  );
  watch(() => {
    const review = inspection.review.value;
    const deltas = inspection.occlusion.value;
    occlusion.update(review ? tokensOf(review, deltas) : []);
  });
  watch(() => {
    const review = inspection.review.value;
    product.update(review ? tokensOf(review, review.timesInput) : []);
  });
  watch(() => {
    const review = inspection.review.value;
    const deltas = inspection.occlusion.value;
    const order = [...(deltas ?? []).keys()]
      .filter((t) => Math.abs(deltas![t]!) > 0)
      .sort((a, b) => Math.abs(deltas![b]!) - Math.abs(deltas![a]!))
      .slice(0, STRONGEST);
    find('strongest').replaceChildren(
      ...order.map((t) => {
        const row = document.createElement('tr');
        const head = document.createElement('th');
        head.scope = 'row';
        head.textContent = wordOf(review!.timesteps[t]!);
        row.append(head);
        for (const value of [deltas![t]!, review!.timesInput[t]!]) {
          row.insertCell().textContent = signed(value);
        }
        row.dataset['timestep'] = String(t + 1);
        return row;
      }),
    );
  });
  return [occlusion, product] as unknown as Plot<never>[];
}

const STRONGEST = 8;
