import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PRESETS } from '../core/models/presets/index.ts';

/** A trained model that comes with the site, by what its preset says. */
export interface ListedModel {
  /** Its folder below `models/`, and the name of its preset. */
  readonly name: string;
  readonly title: string;
  /** Whether it has a memory to look into. */
  readonly recurrent: boolean;
}

/** The presets whose weights lie in the site's folder, in the order of the presets. */
export function listShipped(root = process.cwd()): ListedModel[] {
  const folder = join(root, 'public/models');
  return PRESETS.filter(({ name }) => existsSync(join(folder, name, 'model.json'))).map(
    ({ name, title, settings }) => ({
      name,
      title,
      recurrent: settings.network.layers.length > 0,
    }),
  );
}
