import { percent, table, whole } from './format.ts';
import { layersInWords } from './settings-in-words.ts';
import type { PresetReport, Results } from './types.ts';

/** Our accuracies beside PyTorch's. */
export function besideTorch({ presets, torch }: Results): string {
  const { pytorch, machine, seeds, reviews, runs } = torch;
  const rows = runs.map((run) => {
    const report = presets.find(({ preset }) => preset.name === run.preset);
    return [
      `\`${run.preset}\``,
      run.model,
      String(run.epochs),
      percent(run.bestValidation, 1),
      percent(run.testAtLastEpoch, 1),
      run.secondsPerEpoch.join('–'),
      ...ours(report!),
      run.differs,
    ];
  });
  const header = [
    'beside',
    'PyTorch’s network',
    'epochs',
    'best validation',
    'test at the last epoch',
    's/epoch',
    'our network',
    'test',
    'what else differs from ours',
  ];
  return `## Beside PyTorch

Like networks in PyTorch ${pytorch} on the same ${whole(reviews.train)} training, ${whole(reviews.validation)} validation and ${whole(reviews.test)} test reviews (${machine}), ${seeds === 1 ? 'one seed' : `${seeds} seeds`} each; \`scripts/golden/reference_training.py\` trains them anew. PyTorch’s test figure is that of its last epoch, ours that of the best epoch on the validation reviews. How fast the same step is in both stands in [benchmarks.md](benchmarks.md).

${table(header, rows)}`;
}

/** Network, length, and what it reaches. */
function ours({ preset, result }: PresetReport): string[] {
  const { network, text } = (result ?? preset).settings;
  const accuracy = result ? percent(result.test_accuracy_mean) : 'not yet trained';
  return [`${layersInWords(network)}; ${text.maxlen} words`, accuracy];
}
