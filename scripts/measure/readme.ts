import type { measureData } from './data.ts';
import type { machine } from './machine.ts';
import type { measureText } from './text.ts';
import type { measureTraining } from './training.ts';

/** What `results/foundation.json` holds. */
export interface FoundationResult {
  readonly machine: ReturnType<typeof machine>;
  readonly data: ReturnType<typeof measureData>;
  readonly text: Awaited<ReturnType<typeof measureText>>;
  /** The lab's defaults, on the starter shard. */
  readonly starter: Awaited<ReturnType<typeof measureTraining>>;
  /** A larger network on every review. */
  readonly all: Awaited<ReturnType<typeof measureTraining>>;
}

const START = '<!-- figures:start -->';
const END = '<!-- figures:end -->';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const whole = (value: number): string => value.toLocaleString('en-GB');

/** Puts the tables made from the result file between the README's two marks. */
export function fillReadme(readme: string, result: FoundationResult): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md lacks ${START} … ${END}.`);
  return `${readme.slice(0, start + START.length)}\n\n${tables(result)}\n\n${readme.slice(end)}`;
}

function tables({ machine, data, text, starter, all }: FoundationResult): string {
  return [
    `Measured on ${machine.date} with \`npm run measure\` (${machine.cpu}, ${machine.cores} cores, Node ${machine.node}); all of it stands in \`results/foundation.json\`.`,
    '',
    '| Data | |',
    '| --- | --- |',
    `| Reviews (train / held out / test) | ${(['train', 'validation', 'test'] as const).map((split) => whole(data.counts[split].negative + data.counts[split].positive)).join(' / ')} |`,
    `| All token shards and the vocabulary, over the wire | ${megabytes(data.bytes.tokensAndVocabulary)} |`,
    `| of these, the starter shard (3,000 reviews) | ${megabytes(data.bytes.starter)} |`,
    `| Texts, loaded one shard at a time | ${megabytes(data.bytes.texts)} |`,
    `| Words (in the training half / in all) | ${whole(data.trainWords)} / ${whole(data.words)} |`,
    `| Reviews that repeat an earlier one | ${whole(data.duplicates.repeated)} |`,
    `| Preparing it | ${data.buildSeconds} s |`,
    `| Tokenising ${whole(text.tokens)} words, one core | ${text.tokenizeSeconds} s (${text.tokenizeWithSpansSeconds} s with spans) |`,
    '',
    ...training('The lab’s default network', starter),
    '',
    ...training('A larger network', all),
  ].join('\n');
}

function training(
  what: string,
  { backend, settings, reviews, runs }: FoundationResult['starter'],
): string[] {
  return [
    `${what} (${settings.network.layers.map(({ cell, units }) => `${cell}, ${units} units`).join('; ')}, ${settings.text.maxlen} words of a review, ${settings.training.epochs} epochs) on ${whole(reviews.train)} training reviews, ${backend} engine:`,
    '',
    `| Seed | accuracy on ${whole(reviews.heldOut)} held-out reviews | on ${whole(reviews.test)} test reviews | seconds |`,
    '| --- | --- | --- | --- |',
    ...runs.map(
      ({ seed, heldOutAccuracy, testAccuracy, seconds }) =>
        `| ${seed} | ${percent(heldOutAccuracy)} | ${percent(testAccuracy)} | ${seconds} |`,
    ),
  ];
}
