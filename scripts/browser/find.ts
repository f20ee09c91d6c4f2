import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { chromium } from '@playwright/test';

const run = promisify(execFile);

const COMMANDS = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser'];
const MAC_APPS = ['Google Chrome', 'Chromium'];

/** Flags for every test browser: quiet at start, and WebGPU on machines without a graphics card. */
export const BROWSER_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  // Chromium refuses to sandbox for root, which is who runs in a container.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/**
 * A Chromium that starts: the one named by CHROMIUM_PATH, else an installed Chrome or Chromium, else
 * Playwright's own. Returns undefined if there is none.
 */
export async function findBrowser(): Promise<string | undefined> {
  for (const candidate of candidates()) {
    if (existsSync(candidate) && (await starts(candidate))) return candidate;
  }
  return undefined;
}

function candidates(): string[] {
  if (process.env.CHROMIUM_PATH) return [process.env.CHROMIUM_PATH];
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => path.join(folder, command)));
  const apps = MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  return [...onPath, ...apps, chromium.executablePath()];
}

/** A browser can be there and yet lack a system library: start it once to be sure. */
async function starts(executablePath: string): Promise<boolean> {
  try {
    const browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

/** Installs a Chromium: Playwright's own download, then Debian's package. Returns its path. */
export async function installBrowser(): Promise<string> {
  const root = process.getuid?.() === 0;
  const isDebian = existsSync('/etc/debian_version');
  const attempts: [what: string, command: string, args: string[]][][] = [
    [['Playwright’s Chromium', 'npx', playwrightArguments(root && isDebian)]],
  ];
  if (root && isDebian) {
    attempts.push([
      ['Debian’s package list', 'apt-get', ['update']],
      [
        'Debian’s Chromium',
        'apt-get',
        ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      ],
    ]);
  }
  for (const steps of attempts) {
    for (const [what, command, args] of steps) {
      console.log(`Installing ${what} …`);
      await run(command, args, { env: INSTALL_ENVIRONMENT, maxBuffer: 2 ** 26 }).catch(() => {});
    }
    const browser = await findBrowser();
    if (browser) return browser;
  }
  throw new Error(
    'No Chromium could be found or installed: install Chrome or Chromium, or set CHROMIUM_PATH to one.',
  );
}

/** With root's rights Playwright also installs the system libraries that its Chromium needs. */
const playwrightArguments = (withLibraries: boolean): string[] => [
  'playwright',
  'install',
  '--no-shell',
  ...(withLibraries ? ['--with-deps'] : []),
  'chromium',
];

const INSTALL_ENVIRONMENT = {
  ...process.env,
  DEBIAN_FRONTEND: 'noninteractive',
  PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '30000',
};
