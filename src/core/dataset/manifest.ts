import type { DataFile, Manifest, Split, TextShard, TokenShard } from './types.ts';
import { SPLITS } from './types.ts';
import { ManifestError, Reader } from './manifest-reader.ts';

export { ManifestError } from './manifest-reader.ts';

/**
 * Checks that `json` is a manifest of this format: every field of the right kind, file names without
 * a path, shards that follow each other without a gap, and sums that agree.
 *
 * @throws ManifestError naming the field and what is wrong with it.
 */
export function parseManifest(json: unknown): Manifest {
  const root = new Reader('the manifest', json);
  const version = root.number('version');
  if (version !== 1) root.fail('version', `is ${version}; this reader knows version 1 only`);
  const vocabulary = root.object('vocabulary');
  const duplicates = root.object('duplicates');
  const wire = root.object('wire');
  const rejected = root.object('rejected');
  const manifest: Manifest = {
    version: 1,
    source: readSource(root.object('source')),
    fingerprint: root.sha256('fingerprint'),
    reviews: root.number('reviews'),
    counts: readPerSplit(root.object('counts'), (counts, split) => {
      const classes = counts.object(split);
      return { negative: classes.number('negative'), positive: classes.number('positive') };
    }),
    vocabulary: {
      ...readFile(vocabulary),
      size: vocabulary.number('size'),
      trainWords: vocabulary.number('trainWords'),
    },
    duplicates: {
      withinTrain: duplicates.number('withinTrain'),
      withinTest: duplicates.number('withinTest'),
      acrossTrainTest: duplicates.number('acrossTrainTest'),
      acrossTrainValidation: duplicates.number('acrossTrainValidation'),
      repeated: duplicates.number('repeated'),
      distinct: duplicates.number('distinct'),
    },
    shards: root.array('shards').map(readTokenShard),
    texts: root.array('texts').map(readTextShard),
    wire: { starter: wire.number('starter'), all: wire.number('all'), texts: wire.number('texts') },
    rejected: {
      count: rejected.number('count'),
      examples: rejected.array('examples').map((example) => ({
        where: example.string('where'),
        reason: example.string('reason'),
      })),
    },
  };
  checkSums(manifest);
  return manifest;
}

function readSource(source: Reader): Manifest['source'] {
  const kind = source.string('kind');
  if (kind !== 'imdb' && kind !== 'own')
    return source.fail('kind', `is "${kind}", not imdb or own`);
  return {
    kind,
    name: source.string('name'),
    citation: source.string('citation'),
    ...(source.has('input') && { input: source.string('input') }),
  };
}

function readFile(file: Reader): DataFile {
  return {
    file: file.fileName('file'),
    bytes: file.number('bytes'),
    sha256: file.sha256('sha256'),
  };
}

function readTextShard(shard: Reader): TextShard {
  const position = shard.number('position');
  return { ...readFile(shard), position, reviews: shard.number('reviews') };
}

function readTokenShard(shard: Reader): TokenShard {
  const counts = readPerSplit(shard.object('counts'), (reader, split) => reader.number(split));
  return { ...readTextShard(shard), counts };
}

function readPerSplit<T>(
  reader: Reader,
  read: (reader: Reader, split: Split) => T,
): Record<Split, T> {
  return {
    train: read(reader, 'train'),
    validation: read(reader, 'validation'),
    test: read(reader, 'test'),
  };
}

function checkSums(manifest: Manifest): void {
  const { reviews, counts, shards, texts, vocabulary, wire } = manifest;
  for (const [name, list] of Object.entries({ shards, texts })) {
    let position = 0;
    for (const [i, shard] of list.entries()) {
      expectEqual(`${name}[${i}].position`, shard.position, position);
      position += shard.reviews;
    }
    expectEqual(`the reviews of all ${name}`, position, reviews);
  }
  for (const [i, shard] of shards.entries()) {
    expectEqual(`shards[${i}].counts in all`, sum(Object.values(shard.counts)), shard.reviews);
  }
  for (const split of SPLITS) {
    const { negative, positive } = counts[split];
    const stored = sum(shards.map((shard) => shard.counts[split]));
    expectEqual(`the ${split} reviews of all shards`, stored, negative + positive);
  }
  if (vocabulary.trainWords > vocabulary.size) {
    throw new ManifestError(
      `vocabulary.trainWords is ${vocabulary.trainWords}, more than the size ${vocabulary.size}.`,
    );
  }
  const bytes = (list: readonly DataFile[]): number => sum(list.map((file) => file.bytes));
  expectEqual('wire.starter', wire.starter, bytes(shards.slice(0, 1)));
  expectEqual('wire.all', wire.all, bytes(shards) + vocabulary.bytes);
  expectEqual('wire.texts', wire.texts, bytes(texts));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function expectEqual(what: string, actual: number, expected: number): void {
  if (actual !== expected)
    throw new ManifestError(`${what} is ${actual}, but should be ${expected}.`);
}
