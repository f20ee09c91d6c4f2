import { checkSettings, DEFAULT_SETTINGS, RANGES, SettingsError } from './settings.ts';
import type { RunSettings } from './settings.ts';

/** The settings that differ from the defaults, as a query string: the permalink of a run. */
export function settingsToQuery(settings: RunSettings): URLSearchParams {
  const changed = Object.entries(settings).filter(
    ([key, value]) => value !== DEFAULT_SETTINGS[key as keyof RunSettings],
  );
  return new URLSearchParams(changed.map(([key, value]) => [key, String(value)]));
}

/**
 * Reads a permalink. Unknown keys are passed over; a value that can't be used keeps its default and
 * is named in `problems`, so that a broken link still opens.
 */
export function settingsFromQuery(query: URLSearchParams): {
  settings: RunSettings;
  problems: string[];
} {
  let settings = DEFAULT_SETTINGS;
  const problems: string[] = [];
  for (const key of Object.keys(DEFAULT_SETTINGS)) {
    const text = query.get(key);
    if (text === null) continue;
    const value = key in RANGES && text.trim() !== '' ? Number(text) : text;
    try {
      settings = checkSettings({ ...settings, [key]: value });
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      problems.push(error.message);
    }
  }
  return { settings, problems };
}
