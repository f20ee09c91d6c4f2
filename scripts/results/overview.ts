import { megabytes, percent, table, whole } from './format.ts';
import { layersInWords } from './settings-in-words.ts';
import { TARGETS } from './targets.ts';
import type { PresetReport } from './types.ts';

/** A line for each preset: what it reaches beside what it should. */
export function overview(reports: readonly PresetReport[]): string {
  const rows = reports.map(({ preset, result }) => {
    const { floor, aim } = TARGETS[preset.name]!;
    return [
      `\`${preset.name}\``,
      layersInWords((result?.settings ?? preset.settings).network),
      result ? whole(result.parameters) : '',
      result ? `**${percent(result.test_accuracy_mean)}**` : 'not yet trained',
      result ? String(result.seeds.length) : '',
      result?.weights ? megabytes(result.weights.bytes) : '',
      floor === undefined ? 'an honest curve' : percent(floor, 1),
      percent(aim, 1),
    ];
  });
  const header = ['preset', 'network', 'parameters', 'test accuracy', 'seeds', 'download'];
  return [table([...header, 'at least', 'aim'], rows), ...misses(reports)].join('\n\n');
}

function misses(reports: readonly PresetReport[]): string[] {
  return reports.flatMap(({ preset: { name }, result }) => {
    const floor = TARGETS[name]!.floor;
    if (!result || floor === undefined || result.test_accuracy_mean >= floor) return [];
    return `\`${name}\` misses its floor of ${percent(floor, 1)} with ${percent(result.test_accuracy_mean)}.`;
  });
}
