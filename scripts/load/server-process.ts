import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface ServerProcess {
  /** Address of the site, with a slash at the end. */
  readonly url: string;
  /** Resident memory, in MiB. */
  readonly memory: () => number;
  readonly exitCode: () => number | null;
  stop(): void;
}

/**
 * Starts `scripts/serve.ts` on a free port.
 *
 * @param models folder with a folder for each model; the build's own by default
 * @throws Error with what the server said if it does not come up
 */
export async function startServer(models?: string): Promise<ServerProcess> {
  const env = { ...process.env, PORT: '0', ...(models ? { MODELS_DIR: models } : {}) };
  const child = spawn(process.execPath, ['scripts/serve.ts'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await Promise.race([
    addressFrom(child.stdout),
    once(child, 'exit').then(() => Promise.reject(new Error('The server did not start.'))),
  ]);
  return {
    url,
    memory: () => Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)])) / 1024,
    exitCode: () => child.exitCode,
    stop: () => void child.kill(),
  };
}

async function addressFrom(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface(output)) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url) return url.replace('localhost', '127.0.0.1');
  }
  throw new Error('The server ended without an address.');
}
