import type { Manifest } from '../../../src/core/dataset/types.ts';

const file = (name: string, bytes: number) => ({
  file: `${name}.0123456789ab.bin`,
  bytes,
  sha256: '0123456789abcdef'.repeat(4),
});

/** A small manifest in which everything agrees. */
export function exampleManifest(): Manifest {
  return {
    version: 1,
    source: { kind: 'own', name: 'mine.csv', citation: 'Mine.', input: 'mine.csv' },
    fingerprint: 'f'.repeat(64),
    reviews: 20,
    counts: {
      train: { negative: 3, positive: 3 },
      validation: { negative: 2, positive: 2 },
      test: { negative: 6, positive: 4 },
    },
    vocabulary: { ...file('vocabulary', 50), size: 30, trainWords: 20 },
    duplicates: {
      withinTrain: 1,
      withinTest: 0,
      acrossTrainTest: 0,
      acrossTrainValidation: 0,
      repeated: 1,
      distinct: 19,
    },
    shards: [
      {
        ...file('starter', 100),
        position: 0,
        reviews: 12,
        counts: { train: 6, validation: 4, test: 2 },
      },
      {
        ...file('test-01', 70),
        position: 12,
        reviews: 8,
        counts: { train: 0, validation: 0, test: 8 },
      },
    ],
    texts: [{ ...file('texts-001', 200), position: 0, reviews: 20 }],
    wire: { starter: 100, all: 220, texts: 200 },
    rejected: { count: 1, examples: [{ where: 'line 2', reason: 'the text has no words' }] },
  };
}
