import { PRESETS } from '../../client/index.ts';
import type { ModelSettings } from '../../client/index.ts';
import { moment } from './format.ts';

/** "GRU 64 → LSTM 64, seed 1", or the title of the preset whose settings these are, but for the seed. */
export function titleOf(settings: ModelSettings): string {
  const { seed } = settings.training;
  const preset = PRESETS.find((one) => isSame(one.settings, settings));
  return `${preset?.title ?? layersOf(settings)}, seed ${seed}`;
}

/** A name that no other run has. */
export const newRunName = (settings: ModelSettings): string =>
  `${titleOf(settings)}, ${moment(Date.now())}`;

function layersOf({ network: { layers, pooling } }: ModelSettings): string {
  if (layers.length === 0) return `Bag of words (${pooling})`;
  return layers
    .map(({ cell, units, direction }) => `${cell} ${units}${direction === 'both' ? ' ⇄' : ''}`)
    .join(' → ');
}

function isSame(preset: ModelSettings, { text, network, training }: ModelSettings): boolean {
  const seeded = { text, network, training: { ...training, seed: preset.training.seed } };
  return JSON.stringify(preset) === JSON.stringify(seeded);
}
