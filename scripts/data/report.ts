import type { Rejection } from '../../src/core/dataset/prepare/source.ts';
import type { Manifest } from '../../src/core/dataset/types.ts';
import { SPLITS } from '../../src/core/dataset/types.ts';

const MOST_SHOWN = 20;

/** What a finished run tells, line by line. */
export function reportLines(manifest: Manifest, seconds: number): string[] {
  const { counts, duplicates, vocabulary, wire, rejected } = manifest;
  const number = (value: number): string => value.toLocaleString('en-US');
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
  const splits = SPLITS.map((split) => {
    const { negative, positive } = counts[split];
    return `${split} ${number(negative)} negative + ${number(positive)} positive`;
  });
  return [
    `${manifest.source.name}: ${number(manifest.reviews)} reviews in ${seconds.toFixed(1)} s`,
    `Splits: ${splits.join('; ')}`,
    `Words: ${number(vocabulary.size)}, ${number(vocabulary.trainWords)} of them in training reviews`,
    `Sizes: first shard ${megabytes(wire.starter)}, all tokens and words ${megabytes(wire.all)}, ` +
      `texts ${megabytes(wire.texts)}`,
    `Duplicates: ${number(duplicates.repeated)} reviews repeat an earlier one; groups of equal ` +
      `reviews: ${duplicates.withinTrain} within train, ${duplicates.withinTest} within test, ` +
      `${duplicates.acrossTrainTest} across train and test`,
    ...rejectedLines(rejected),
  ];
}

function rejectedLines({ count, examples }: Manifest['rejected']): string[] {
  if (count === 0) return [];
  const shown = examples.slice(0, MOST_SHOWN);
  const line = ({ where, reason }: Rejection): string => `  ${where}: ${reason}`;
  const more = count > shown.length ? [`  … and ${count - shown.length} more`] : [];
  return [`Refused ${count} of the input's records:`, ...shown.map(line), ...more];
}
