import type { KnockOut } from '../../client/index.ts';
import { linePlot } from '../../plots/line.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { percent, signed, whole } from '../lab/format.ts';
import { QUANTITIES, quantitiesOf, traceOf } from './layer-view.ts';
import { place } from './panel.ts';
import type { PanelHost } from './panel.ts';
import { excerptItem } from './excerpt-item.ts';

/** One unit: its course, the reviews where it stirs most, and what is lost without it. */
export function unitPanel(host: PanelHost): Plot<never>[] {
  const { inspection, find, watch, signal } = host;
  const plot = place(
    host,
    'trace',
    linePlot(
      { series: [] },
      {
        title: 'Course of the unit',
        resting: 'The value of one unit, from word to word.',
        height: 180,
        x: { label: 'timestep' },
        y: { include: [0] },
      },
    ),
  );
  const number = find<HTMLInputElement>('unit');
  number.addEventListener(
    'change',
    () => {
      const asked = Math.round(number.valueAsNumber);
      const most = inspection.layer.value?.units ?? 1;
      const unit = Math.min(most, Math.max(1, Number.isFinite(asked) ? asked : 1));
      number.value = String(unit);
      inspection.look({ unit: unit - 1 });
    },
    { signal },
  );
  const press = (part: string, act: () => Promise<void>): void =>
    find(part).addEventListener('click', () => void act(), { signal });
  press('find-reviews', () => inspection.findUnitReviews());
  press('knock-out', () => inspection.knockOutUnit());

  watch(() => {
    const layer = inspection.layer.value;
    const unit = inspection.unit.value;
    const { quantity } = inspection.view.value;
    for (const part of ['unit', 'find-reviews', 'knock-out']) {
      find<HTMLInputElement>(part).disabled = !layer;
    }
    if (!layer) return plot.update({ series: [] });
    number.max = String(layer.units);
    if (number.value !== String(unit + 1)) number.value = String(unit + 1);
    const shown = quantitiesOf(layer).includes(quantity) ? quantity : 'h';
    plot.update({
      series: [
        {
          name: `unit ${unit + 1}, ${QUANTITIES[shown].toLowerCase()}`,
          points: traceOf(layer, shown, unit).map((value, t) => [t + 1, value]),
          color: 'var(--accent)',
        },
      ],
      guides: [{ value: 0, label: '0' }],
    });
  });
  watch(() => {
    const found = inspection.unitReviews.value;
    find('unit-reviews').hidden = !found;
    for (const side of ['highest', 'lowest'] as const) {
      find(side).replaceChildren(
        ...(found?.[side] ?? []).map((one) => excerptItem(one, signed(one.value))),
      );
    }
  });
  watch(() => {
    const found = inspection.knockOut.value;
    find('knocked-out').textContent = found ? describe(found, inspection.unit.value + 1) : '';
  });
  return [plot as unknown as Plot<never>];
}

function describe({ whole: all, without }: KnockOut, unit: number): string {
  const change = without.accuracy - all.accuracy;
  const points = Math.abs(100 * change).toFixed(1);
  const verdict =
    change === 0
      ? 'just as well'
      : `${points} percentage points ${change < 0 ? 'worse' : 'better'}`;
  return (
    `With all units, ${percent(all.accuracy)} of ${whole(all.reviews)} validation reviews are ` +
    `judged right; without unit ${unit}, ${percent(without.accuracy)}: ${verdict}.`
  );
}
