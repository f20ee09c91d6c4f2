import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { reportPage } from '../../bench/report.ts';
import type { BenchResult } from '../../bench/result.ts';
import { fillReadme } from '../../scripts/measure/readme.ts';
import { resultsPage } from '../../scripts/results/page.ts';
import { readResults } from '../../scripts/results/read.ts';
import { fillResults } from '../../scripts/results/readme.ts';

const readme = readFileSync('README.md', 'utf8');
const result = JSON.parse(readFileSync('results/foundation.json', 'utf8'));
const scripts = JSON.parse(readFileSync('package.json', 'utf8')).scripts as Record<string, string>;

describe('README', () => {
  it('states the figures of the result file', () => {
    expect(fillReadme(readme, result)).toBe(readme);
  });

  it('states the results of the presets', async () => {
    expect(fillResults(readme, (await readResults()).presets)).toBe(readme);
  });

  it('names only scripts that exist', () => {
    const named = [...readme.matchAll(/`npm (?:run )?([\w:]+)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(8);
    expect(named.filter((name) => !(name in scripts) && name !== 'ci')).toEqual([]);
  });

  it('gives the two commands as single lines', () => {
    const lines = readme.split('\n');
    expect(lines).toContain('npm ci && npm start');
    expect(lines).toContain('npm ci && npm test');
    expect(readFileSync('.ci/run', 'utf8')).toContain('npm ci && npm test');
  });
});

describe('docs/results.md', () => {
  it('states the figures of the result files', async () => {
    const page = await readFile('docs/results.md', 'utf8');
    expect(page, 'run `npm run results`').toBe(resultsPage(await readResults()));
  });
});

describe('docs/benchmarks.md', () => {
  const bench = JSON.parse(readFileSync('bench/results/latest.json', 'utf8')) as BenchResult;

  it('states the figures of the result file', () => {
    expect(readFileSync('docs/benchmarks.md', 'utf8')).toBe(reportPage(bench));
  });

  it('supports what the README says of the speed', () => {
    expect(bench.ratios.simd_vs_repaired_cpu).toBeGreaterThan(60);
    expect(bench.ratios.simd_vs_pytorch_dense).toBeGreaterThan(1);
  });
});

describe('results/foundation.json', () => {
  it('shows what this stage must show', () => {
    const { data, text, starter } = result;
    expect(data.counts).toEqual({
      train: { negative: 10_000, positive: 10_000 },
      validation: { negative: 2500, positive: 2500 },
      test: { negative: 12_500, positive: 12_500 },
    });
    expect(data.duplicates.acrossTrainValidation).toBe(0);
    expect(data.bytes.tokensAndVocabulary).toBeLessThanOrEqual(16_000_000);
    expect(data.bytes.starter).toBeLessThanOrEqual(1_000_000);
    expect(text.tokenizeSeconds).toBeLessThan(10);
    for (const run of starter.runs) {
      expect(run.heldOutAccuracy, `seed ${run.seed}`).toBeGreaterThanOrEqual(0.6);
    }
  });
});
