import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SplitError } from '../src/core/dataset/prepare/hold-out.ts';
import { SourceError } from '../src/core/dataset/prepare/source.ts';
import type { Manifest } from '../src/core/dataset/types.ts';
import type { Arguments } from './data/arguments.ts';
import { HELP, parseArguments } from './data/arguments.ts';
import { buildData } from './data/build.ts';
import { DataError } from './data/data-error.ts';
import { withLock } from './data/lock.ts';
import { planRun } from './data/plan-run.ts';
import { createProgress } from './data/progress.ts';
import { publish } from './data/publish.ts';
import { reportLines } from './data/report.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

async function main(): Promise<void> {
  const args = parseArguments(process.argv.slice(2));
  if (args.help) {
    process.stdout.write(HELP);
    return;
  }
  const dir = args.out === undefined ? join(ROOT, 'public', 'data') : resolve(args.out);
  // Told before the lock is taken, so that a check never waits when there is nothing to do.
  const before = planRun(args, dir, ROOT);
  if (before.build === undefined) {
    console.log(before.reason);
    return;
  }
  const onWait = (pid: number): void => console.log(`Waiting for another run (process ${pid})…`);
  await withLock(dir, () => run(args, dir), { onWait });
}

async function run(args: Arguments, dir: string): Promise<void> {
  const plan = planRun(args, dir, ROOT);
  if (plan.build === undefined) {
    console.log(plan.reason);
    return;
  }
  const start = performance.now();
  const progress = createProgress(process.stderr);
  let manifest: Manifest;
  try {
    manifest = await publish(dir, (put) => buildData(plan.build, plan.fingerprint, put, progress));
  } finally {
    progress.stop();
  }
  console.log(reportLines(manifest, (performance.now() - start) / 1000).join('\n'));
}

/** Errors that the reader can act on; file system errors carry a code such as ENOSPC. */
function isExpected(error: unknown): error is Error {
  return (
    error instanceof DataError ||
    error instanceof SourceError ||
    error instanceof SplitError ||
    (error instanceof Error && 'syscall' in error)
  );
}

try {
  await main();
} catch (error) {
  if (!isExpected(error)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
