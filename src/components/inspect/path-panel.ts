import type { Plot } from '../../plots/frame/types.ts';
import { scatterPlot } from '../../plots/scatter.ts';
import type { ScatterPoint } from '../../plots/scatter.ts';
import { percent } from '../lab/format.ts';
import type { Inspection } from './inspection.ts';
import { wordOf } from './layer-view.ts';
import { place } from './panel.ts';
import type { PanelHost } from './panel.ts';

/** Words that are named on the path: those that moved the state most. */
const NAMED = 12;

/** The path of a layer's state in the plane of its two main directions, as the review is read. */
export function pathPanel(host: PanelHost): Plot<never>[] {
  const { inspection, find, watch, signal } = host;
  const plot = place(
    host,
    'path',
    scatterPlot([], {
      title: 'Path of the hidden state, first two principal components',
      valueName: 'logit so far',
      resting: 'A dot for the state after each word, joined in their order.',
      joined: true,
      mostLabels: NAMED + 1,
    }),
  );
  const scrub = find<HTMLInputElement>('path-step');
  scrub.addEventListener('input', () => (inspection.step.value = scrub.valueAsNumber), { signal });
  watch(() => {
    const review = inspection.review.value;
    const last = Math.max(0, (review?.timesteps.length ?? 1) - 1);
    scrub.max = String(last);
    const step = Math.min(inspection.step.value, last);
    if (scrub.valueAsNumber !== step) {
      scrub.value = String(step);
      scrub.dispatchEvent(new Event('input', { bubbles: true }));
    }
  });
  watch(() => {
    plot.update(pointsOf(inspection));
    const [first, second] = inspection.layer.value?.path.explained ?? [0, 0];
    find('explained').textContent =
      first === 0
        ? ''
        : `The two directions hold ${percent(first + second)} of the movement (${percent(first)} and ${percent(second)}).`;
  });
  return [plot as unknown as Plot<never>];
}

function pointsOf({ review, layer, running, step }: Inspection): ScatterPoint[] {
  const [asked, shown, logits] = [review.value, layer.value, running.value];
  if (!asked || !shown) return [];
  const { points } = shown.path;
  const at = (t: number): readonly [number, number] => [points[2 * t]!, points[2 * t + 1]!];
  const moved = asked.timesteps.map((_, t) => {
    if (t === 0) return 0;
    const [[x0, y0], [x1, y1]] = [at(t - 1), at(t)];
    return Math.hypot(x1 - x0, y1 - y0);
  });
  const named = new Set([...moved.keys()].sort((a, b) => moved[b]! - moved[a]!).slice(0, NAMED));
  return asked.timesteps.map((timestep, t): ScatterPoint => {
    const [x, y] = at(t);
    const logit = logits?.[t];
    // Who reads from the end has its first words last.
    const read = shown.backwards ? t >= asked.timesteps.length - 1 - step.value : t <= step.value;
    const isNamed = read && timestep.kind !== 'pad' && (named.has(t) || t === step.value);
    return {
      x,
      y,
      group: t + 1,
      faint: !read,
      ...(isNamed ? { label: wordOf(timestep) } : {}),
      ...(logit === undefined || Number.isNaN(logit) ? {} : { value: logit }),
    };
  });
}
