import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataError } from './data-error.ts';

const NAME = '.lock';
/** Without a sign of life for this long, the holder is gone even if its process id is in use. */
const STALE_MS = 120_000;
const HEARTBEAT_MS = 5_000;
const POLL_MS = 250;

/** Locks that this process holds: after a restart, another process may have had the same id. */
const held = new Set<string>();

export interface LockOptions {
  /** Called once when another run holds the lock. */
  readonly onWait?: (pid: number) => void;
  /** How long to wait for it. Default 10 minutes. */
  readonly patienceMs?: number;
}

/**
 * Runs `task` while no other run works in `dir`; waits for one that does. A lock whose process has
 * ended is taken over.
 *
 * @throws DataError when the other run does not finish in time.
 */
export async function withLock<T>(
  dir: string,
  task: () => Promise<T>,
  { onWait, patienceMs = 600_000 }: LockOptions = {},
): Promise<T> {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, NAME);
  const deadline = Date.now() + patienceMs;
  let told = false;
  while (!tryAcquire(path)) {
    const holder = holderOf(path);
    if (holder === undefined) continue;
    if (Date.now() >= deadline) {
      throw new DataError(
        `Another run (process ${holder}) is writing to ${dir}. Wait for it, or delete ${path} if it has ended.`,
      );
    }
    if (!told) onWait?.(holder);
    told = true;
    await sleep(POLL_MS);
  }

  held.add(path);
  const heartbeat = setInterval(() => touch(path), HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    held.delete(path);
    removeIf(path, `${process.pid}`);
  }
}

function tryAcquire(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** The process that holds the lock; undefined, with the lock removed, when it is gone. */
function holderOf(path: string): number | undefined {
  let content: string;
  let age: number;
  try {
    content = readFileSync(path, 'utf8');
    age = Date.now() - statSync(path).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  const pid = Number(content);
  // A new file is empty until its holder has written its id, an instant later.
  const alive = content === '' ? age < HEARTBEAT_MS : isRunning(pid, path) && age < STALE_MS;
  if (alive) return pid;
  removeIf(path, content);
  return undefined;
}

/**
 * Removes the lock if it holds `content`. It is moved aside first and looked at there: of two
 * processes that take over the same stale lock, the slower would else remove the faster's new one.
 */
function removeIf(path: string, content: string): void {
  const aside = `${path}.${process.pid}.tmp`;
  try {
    renameSync(path, aside);
    if (readFileSync(aside, 'utf8') !== content) linkSync(aside, path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'EEXIST') throw error;
  }
  rmSync(aside, { force: true });
}

function isRunning(pid: number, path: string): boolean {
  if (pid === process.pid) return held.has(path);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function touch(path: string): void {
  const now = new Date();
  try {
    utimesSync(path, now, now);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
