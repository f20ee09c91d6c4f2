import { promisify } from 'node:util';
import { constants, gzip as gzipWithCallback } from 'node:zlib';
import { assignSplits } from '../../src/core/dataset/prepare/assign-splits.ts';
import { encodeShard } from '../../src/core/dataset/codec.ts';
import { countDuplicates, groupEqualTexts } from '../../src/core/dataset/prepare/duplicates.ts';
import { sealedOrder } from '../../src/core/dataset/prepare/sealed-order.ts';
import type { PlannedShard } from '../../src/core/dataset/prepare/shard-plan.ts';
import { planShards, planTextShards } from '../../src/core/dataset/prepare/shard-plan.ts';
import type { ParsedSource } from '../../src/core/dataset/prepare/source.ts';
import { gatherTable } from '../../src/core/dataset/prepare/token-table.ts';
import { tokenizeCorpus } from '../../src/core/dataset/prepare/tokenize-corpus.ts';
import type { DataFile, Manifest, Split } from '../../src/core/dataset/types.ts';
import { SPLITS } from '../../src/core/dataset/types.ts';
import { createRandom } from '../../src/core/random.ts';
import type { Input } from './input.ts';
import type { Progress } from './progress.ts';
import type { Put } from './publish.ts';

/** Fixes the splits and the sealed order; a new seed is a new data set. */
const SEED = 2011;
/** Examples of refused records that the manifest keeps. */
const MOST_EXAMPLES = 100;

const gzipAsync = promisify(gzipWithCallback);
const gzip = (bytes: Uint8Array | string): Promise<Uint8Array> =>
  gzipAsync(bytes, { level: constants.Z_BEST_COMPRESSION, memLevel: constants.Z_MAX_MEMLEVEL });

/**
 * Makes every file of the data set from an input and puts it; resolves to the manifest.
 *
 * @throws SourceError or SplitError when the input cannot be used.
 */
export async function buildData(
  input: Input,
  fingerprint: string,
  put: Put,
  progress: Progress,
): Promise<Manifest> {
  progress.stage('Reading the reviews', 0.05);
  const source: ParsedSource = input.read();
  const { reviews, rejected } = source;

  progress.stage('Splitting them', 0.1);
  const random = createRandom(SEED);
  const texts = reviews.map((review) => review.text);
  const labels = Uint8Array.from(reviews, (review) => review.label);
  const groups = groupEqualTexts(texts);
  const given = reviews.map((review) => review.split);
  const splits = assignSplits({ labels, groups, given }, random);
  const orders = perSplit((split) => {
    const members = reviews.flatMap((_, i) => (SPLITS[splits[i]!] === split ? [i] : []));
    return sealedOrder(members, labels, random);
  });
  const shardPlan = planShards(orders);

  // Compressed by other threads while this one tokenises.
  const textFiles = writeShards(planTextShards(shardPlan), put, (members) =>
    JSON.stringify(members.map((member) => texts[member])),
  );

  const onReview = progress.stage('Finding the words', 0.5);
  const test = SPLITS.indexOf('test');
  const { vocabulary, documents } = tokenizeCorpus(
    texts,
    (i) => splits[i] === test,
    (done) => onReview(done / texts.length),
  );

  const onShard = progress.stage('Compressing', 0.35);
  const corpus = { rows: reviews.map((review) => review.row), labels, splits, documents };
  let written = 0;
  const tokenFiles = writeShards(
    shardPlan,
    put,
    (members) => encodeShard(gatherTable(corpus, members)),
    () => onShard(++written / shardPlan.length),
  );
  const vocabularyFile = put('vocabulary', await gzip(JSON.stringify(vocabulary)));
  const shards = (await tokenFiles).map(({ members, ...shard }) => ({
    ...shard,
    counts: perSplit((split) => members.filter((i) => SPLITS[splits[i]!] === split).length),
  }));
  const textShards = (await textFiles).map(({ members: _, ...shard }) => shard);

  const firstUnseen = vocabulary.counts.indexOf(0);
  return {
    version: 1,
    source: {
      kind: input.kind,
      name: input.name,
      citation: input.citation,
      ...(input.path !== undefined && { input: input.path }),
    },
    fingerprint,
    reviews: reviews.length,
    counts: perSplit((split) => {
      const positive = orders[split].filter((member) => labels[member] === 1).length;
      return { negative: orders[split].length - positive, positive };
    }),
    vocabulary: {
      ...vocabularyFile,
      size: vocabulary.size,
      trainWords: firstUnseen === -1 ? vocabulary.size : firstUnseen,
    },
    duplicates: countDuplicates(groups, splits),
    shards,
    texts: textShards,
    wire: {
      starter: shards[0]!.bytes,
      all: totalBytes(shards) + vocabularyFile.bytes,
      texts: totalBytes(textShards),
    },
    rejected: { count: rejected.length, examples: rejected.slice(0, MOST_EXAMPLES) },
  };
}

interface WrittenShard extends DataFile {
  readonly position: number;
  readonly reviews: number;
  readonly members: readonly number[];
}

/** Encodes, compresses and puts the shards; several are compressed at a time. */
function writeShards(
  plan: readonly PlannedShard[],
  put: Put,
  encode: (members: readonly number[]) => Uint8Array | string,
  onWritten?: () => void,
): Promise<WrittenShard[]> {
  let next = 0;
  return Promise.all(
    plan.map(async ({ name, members }) => {
      const position = next;
      next += members.length;
      const file = put(name, await gzip(encode(members)));
      onWritten?.();
      return { ...file, position, reviews: members.length, members };
    }),
  );
}

function perSplit<T>(value: (split: Split) => T): Record<Split, T> {
  return { train: value('train'), validation: value('validation'), test: value('test') };
}

function totalBytes(files: readonly DataFile[]): number {
  return files.reduce((total, file) => total + file.bytes, 0);
}
