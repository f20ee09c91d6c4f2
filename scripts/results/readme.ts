import { megabytes, percent, table } from './format.ts';
import { layersInWords } from './settings-in-words.ts';
import type { PresetReport } from './types.ts';

const START = '<!-- results:start -->';
const END = '<!-- results:end -->';

/** Puts the table of results between the README's two marks. */
export function fillResults(readme: string, reports: readonly PresetReport[]): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md lacks ${START} … ${END}.`);
  const rows = reports.map(({ preset, result }) => [
    `\`${preset.name}\``,
    layersInWords((result?.settings ?? preset.settings).network),
    result ? percent(result.test_accuracy_mean) : 'not yet trained',
    result ? String(result.seeds.length) : '',
    result?.weights ? megabytes(result.weights.bytes) : '',
  ]);
  const filled = table(['preset', 'network', 'test accuracy', 'seeds', 'download'], rows);
  return `${readme.slice(0, start + START.length)}\n\n${filled}\n\n${readme.slice(end)}`;
}
