import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRESETS } from '../core/models/presets/index.ts';

/** A trained model that comes with the site. */
export interface ShippedModel {
  /** Its folder below `models/`, and the name of its preset. */
  readonly name: string;
  readonly title: string;
  /** Whether it has a memory to look into. */
  readonly recurrent: boolean;
}

/** The presets whose weights lie in a folder, in the order of the presets. */
export function shippedModels(folder = join(process.cwd(), 'public/models')): ShippedModel[] {
  return PRESETS.filter(({ name }) => existsSync(join(folder, name, 'model.json'))).map(
    ({ name, title, settings }) => ({
      name,
      title,
      recurrent: settings.network.layers.length > 0,
    }),
  );
}
