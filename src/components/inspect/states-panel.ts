import type { LayerInspection } from '../../client/index.ts';
import { heatMap } from '../../plots/heat-map.ts';
import type { Plot } from '../../plots/frame/types.ts';
import { heatMapOf, ORDERS, orderOf, QUANTITIES, quantitiesOf } from './layer-view.ts';
import type { Quantity, UnitOrderName } from './layer-view.ts';
import { offer, place } from './panel.ts';
import type { PanelHost } from './panel.ts';

/** Timesteps × units of whatever a layer has, sorted, with a unit to choose. */
export function statesPanel(host: PanelHost): Plot<never>[] {
  const { inspection, find, watch, signal } = host;
  const select = (part: string): HTMLSelectElement => find<HTMLSelectElement>(part);
  const plot = place(
    host,
    'states',
    heatMap(
      { values: [], steps: 0, units: 0 },
      {
        title: 'Units over timesteps',
        resting: 'A colour for each unit at each timestep of a review.',
        onPick: (row) => {
          const layer = inspection.layer.value;
          if (!layer) return;
          const { quantity, order } = inspection.view.value;
          inspection.look({ unit: orderOf(layer, quantity, order)[row]! });
        },
      },
    ),
  );
  const on = (part: string, look: (value: string) => void): void =>
    select(part).addEventListener('change', () => look(select(part).value), { signal });
  on('layer', (layer) => inspection.look({ layer }));
  on('quantity', (quantity) => inspection.look({ quantity: quantity as Quantity }));
  on('order', (order) => inspection.look({ order: order as UnitOrderName }));

  watch(() => {
    const review = inspection.review.value;
    const layer = inspection.layer.value;
    const { quantity, order } = inspection.view.value;
    for (const part of ['layer', 'quantity', 'order']) select(part).disabled = !layer;
    if (!review || !layer) {
      plot.update({ values: [], steps: 0, units: 0 });
      find('groups').textContent = '';
      return;
    }
    const quantities = quantitiesOf(layer);
    const shown = quantities.includes(quantity) ? quantity : 'h';
    offer(
      select('layer'),
      review.layers.map((one) => [one.name, nameOf(one)]),
      layer.name,
    );
    offer(
      select('quantity'),
      quantities.map((one) => [one, QUANTITIES[one]]),
      shown,
    );
    offer(select('order'), Object.entries(ORDERS), order);
    const units = orderOf(layer, shown, order);
    plot.update(heatMapOf(review, layer, shown, units, inspection.unit.value));
    find('groups').textContent = order === 'similar' ? groupsOf(layer) : '';
  });
  return [plot as unknown as Plot<never>];
}

/** "LSTM, 64 units, reads backwards" */
function nameOf({ cell, units, backwards }: LayerInspection): string {
  return `${cell}, ${units} ${units === 1 ? 'unit' : 'units'}${backwards ? ', reads backwards' : ''}`;
}

/** Which units move alike, in words. */
function groupsOf({ similar: { order, cluster } }: LayerInspection): string {
  const groups = new Map<number, number[]>();
  for (const unit of order) {
    const group = cluster[unit]!;
    groups.set(group, [...(groups.get(group) ?? []), unit + 1]);
  }
  const words = [...groups.values()].map((units) => units.join(', '));
  return `Units that move alike on this review: ${words.join(' · ')}.`;
}
