import type { PresetResult, SeedResult } from '../train/result.ts';
import { megabytes, percent, table, whole } from './format.ts';
import { settingsInWords } from './settings-in-words.ts';
import { firstSteps } from './first-steps.ts';
import { overview } from './overview.ts';
import { besideTorch } from './torch.ts';
import { underLoad } from './under-load.ts';
import type { PresetReport, Results } from './types.ts';

/** Of this one every epoch is shown: its author's 20, whatever comes of them. */
const WHOLE_CURVE = 'lstm-clipnorm';

/** `docs/results.md`, made from the result files. */
export function resultsPage(results: Results): string {
  const sections = [
    `# Results

Made by \`npm run results\` from \`results/*.json\`, where every figure stands. Each preset is trained from scratch by \`npm run train\` on 20,000 reviews and validated on 5,000 others. The weights of its best epoch on those, or the last ones where it has no early stopping, then read the 25,000 test reviews once. Settings were chosen on the validation reviews alone. \`npm run evaluate\` reads the test reviews again with the shipped weights; \`npm test\` reads a sample of them.`,
    `## Test accuracy\n\n${overview(results.presets)}`,
    ...results.presets.map(section),
    besideTorch(results),
    firstSteps(results.firstStep),
    underLoad(results.predict),
  ];
  return `${sections.join('\n\n')}\n`;
}

function section({ preset, result }: PresetReport): string {
  const { name, title, summary, settings } = preset;
  const parts = [
    `## ${title}`,
    `\`${name}\`: ${summary}`,
    settingsInWords(result?.settings ?? settings),
    ...(result ? trained(result) : ['Not yet trained.']),
  ];
  return parts.join('\n\n');
}

function trained(result: PresetResult): string[] {
  const { parameters, seeds, preset, weights } = result;
  const [first] = seeds;
  return [
    `${whole(parameters)} parameters. Mean test accuracy of ${seeds.length === 1 ? 'one seed' : `${seeds.length} seeds`}: ${percent(result.test_accuracy_mean)}${seeds.length === 1 ? '' : `, ${(100 * result.test_accuracy_spread).toFixed(2)} points between the best and the worst`}.`,
    seedTable(seeds),
    confusion(first!),
    weights
      ? `Shipped weights: seed ${weights.seed}, ${weights.precision}, ${megabytes(weights.bytes)} with the vocabulary. They judge ${percent(weights.test_accuracy)} of the test reviews right, ${lossInWords(weights.test_accuracy_loss)}.`
      : 'No weights are shipped.',
    ...(preset === WHOLE_CURVE ? [curve(first!)] : []),
    machines(seeds),
  ];
}

function seedTable(seeds: readonly SeedResult[]): string {
  return table(
    [
      'seed',
      'epochs',
      'best',
      'validation at the best',
      'test',
      'test loss',
      'test AUC',
      's/epoch',
    ],
    seeds.map(({ seed, epochs, bestEpoch, test }) => [
      String(seed),
      String(epochs.length),
      String(bestEpoch),
      percent(epochs[bestEpoch - 1]!.validationAccuracy),
      percent(test.accuracy),
      test.loss.toFixed(4),
      test.auc.toFixed(4),
      secondsAnEpoch(epochs),
    ]),
  );
}

function secondsAnEpoch(epochs: SeedResult['epochs']): string {
  const seconds = epochs.map((epoch) => epoch.seconds).toSorted((a, b) => a - b);
  const middle = seconds[Math.floor(seconds.length / 2)]!;
  return middle.toFixed(1);
}

function confusion({ seed, test }: SeedResult): string {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = test.confusion;
  return table(
    [`seed ${seed}, test reviews`, 'judged positive', 'judged negative'],
    [
      ['positive', whole(truePositives), whole(falseNegatives)],
      ['negative', whole(falsePositives), whole(trueNegatives)],
    ],
  );
}

function lossInWords(loss: number): string {
  if (loss === 0) return 'as many as the weights that were trained';
  const points = `${Math.abs(100 * loss).toFixed(3)} points`;
  return loss > 0
    ? `${points} less than the weights that were trained`
    : `${points} more than the weights that were trained`;
}

function curve({ seed, epochs }: SeedResult): string {
  return `Every epoch of seed ${seed}:\n\n${table(
    ['epoch', 'loss', 'accuracy', 'validation loss', 'validation accuracy', 'validation AUC'],
    epochs.map((epoch) => [
      String(epoch.epoch),
      epoch.loss.toFixed(4),
      percent(epoch.accuracy),
      epoch.validationLoss.toFixed(4),
      percent(epoch.validationAccuracy),
      epoch.validationAuc.toFixed(4),
    ]),
  )}`;
}

/** Where and with what the seeds were trained, each once. */
function machines(seeds: readonly SeedResult[]): string {
  const told = seeds.map(({ machine, backend, threads }) => {
    const where = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}`;
    const on =
      threads === undefined ? '' : `, ${threads === 1 ? '1 thread' : `${threads} threads`}`;
    return `${where}: ${backend}${on}`;
  });
  return `Trained on ${[...new Set(told)].join('; ')}. An epoch’s seconds are the median of the run, validation included; other work on the machine slows it.`;
}
