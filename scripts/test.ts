/**
 * Runs every test: the ones in Node (Vitest), then the ones in a real browser (Playwright) on the
 * production build. Ends with one line that counts both.
 *
 *   node scripts/test.ts [part of a file's name]…      without one, all files
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findBrowser, installBrowser } from './browser/find.ts';

const VITEST_REPORT = 'test-results/vitest.json';
const PLAYWRIGHT_REPORT = 'test-results/playwright.json';

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

async function main(): Promise<void> {
  rmSync('test-results', { recursive: true, force: true });
  mkdirSync('test-results', { recursive: true });
  const browser = (await findBrowser()) ?? (await installBrowser());
  console.log(`Testing with ${browser}`);

  const filters = process.argv.slice(2);
  const unit = await run('vitest', [
    'run',
    ...filters,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${VITEST_REPORT}`,
  ]);
  const end = await run('playwright', ['test', ...filters], {
    CHROMIUM_PATH: browser,
    PLAYWRIGHT_JSON_OUTPUT_FILE: PLAYWRIGHT_REPORT,
  });

  const tallies = [vitestTally(), playwrightTally()];
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  process.exitCode = unit === 0 && end === 0 ? 0 : 1;
}

/** Runs a tool of the project and returns its exit code. */
function run(tool: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    spawn(`node_modules/.bin/${tool}`, args, { stdio: 'inherit', env: { ...process.env, ...env } })
      .once('error', reject)
      .once('exit', (code) => resolve(code ?? 1));
  });
}

function vitestTally(): Tally {
  const report = readReport(VITEST_REPORT);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numFailedTestSuites,
    skipped: report.numPendingTests,
  };
}

function playwrightTally(): Tally {
  const { stats, errors } = readReport(PLAYWRIGHT_REPORT);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/** A runner that broke off leaves no report: that counts as one failure. */
function readReport(file: string) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`${file} is missing: the runner broke off.`);
    return {
      numPassedTests: 0,
      numFailedTests: 1,
      numFailedTestSuites: 0,
      numPendingTests: 0,
      stats: { expected: 0, flaky: 0, unexpected: 1, skipped: 0 },
      errors: [],
    };
  }
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
