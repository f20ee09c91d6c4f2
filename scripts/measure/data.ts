import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Manifest } from '../../src/core/dataset/types.ts';

/** Builds the data anew, in a folder of its own, and reads off its sizes. */
export function measureData() {
  const folder = mkdtempSync(path.join(tmpdir(), 'unrolled-'));
  try {
    const start = performance.now();
    const { status, stderr } = spawnSync('node', ['scripts/data.ts', '--out', folder]);
    if (status !== 0) throw new Error(`scripts/data.ts failed: ${stderr}`);
    const seconds = (performance.now() - start) / 1000;
    const manifest: Manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'));
    const { reviews, counts, duplicates, vocabulary, wire } = manifest;
    return {
      buildSeconds: round(seconds, 1),
      reviews,
      counts,
      duplicates,
      words: vocabulary.size,
      trainWords: vocabulary.trainWords,
      bytes: { starter: wire.starter, tokensAndVocabulary: wire.all, texts: wire.texts },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const round = (value: number, digits: number): number => Number(value.toFixed(digits));
