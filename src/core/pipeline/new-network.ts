import { scaleToRadius, throughTime } from '../inspect/through-time.ts';
import type { ThroughTime } from '../inspect/through-time.ts';
import { buildModel } from '../models/build.ts';
import { preprocessingOf } from '../models/preprocessing.ts';
import type { ModelSettings } from '../models/settings/index.ts';

/**
 * How much of the gradient reaches each word of a text in a network that has learnt nothing yet.
 *
 * @param words of the vocabulary, in rank order
 * @param radius spectral radius that the recurrent kernels are scaled to
 */
export async function newNetworkThroughTime(
  settings: ModelSettings,
  words: readonly string[],
  text: string,
  radius: number,
): Promise<ThroughTime> {
  const model = buildModel(settings);
  try {
    await scaleToRadius(model, radius);
    const masked = settings.network.maskZero;
    const preprocessing = preprocessingOf({ ...settings.text, masked });
    return await throughTime({ model, preprocessing, words }, text);
  } finally {
    model.dispose();
  }
}
