import { DEFAULT_MODEL, modelFromQuery, modelToQuery, presetNamed } from '../../client/index.ts';
import type { ModelSettings, Sample } from '../../client/index.ts';

/** What a link to the lab sets. */
export interface Linked {
  readonly settings: ModelSettings;
  /** Name of the preset that the settings are counted from; '' is the lab's own. */
  readonly preset: string;
  readonly trainOn: Sample;
}

/** Only what differs from the preset stands in the address. */
export function toQuery({ settings, preset, trainOn }: Linked): URLSearchParams {
  const query = new URLSearchParams(preset === '' ? {} : { preset });
  if (trainOn !== 'starter') query.set('reviews', trainOn);
  const base = presetNamed(preset)?.settings ?? DEFAULT_MODEL;
  for (const [key, value] of modelToQuery(settings, base)) query.set(key, value);
  return query;
}

/** Reads an address, which may come from anywhere: each value is checked, and problems are named. */
export function fromQuery(query: URLSearchParams): Linked & { readonly problems: string[] } {
  const name = query.get('preset') ?? '';
  const preset = presetNamed(name);
  const { settings, problems } = modelFromQuery(query, preset?.settings ?? DEFAULT_MODEL);
  if (name !== '' && !preset) {
    problems.unshift(`There is no preset of the name ${JSON.stringify(name.slice(0, 40))}.`);
  }
  const trainOn = query.get('reviews') === 'all' ? 'all' : 'starter';
  return { settings, preset: preset?.name ?? '', trainOn, problems };
}
