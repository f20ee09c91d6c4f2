import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS } from './scripts/browser/find.ts';
import { SERVERS } from './tests/browser/servers.ts';

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results/browser',
  // Training takes real time on a machine without a graphics card.
  timeout: 180_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  reporter: [['list'], ['json']],
  use: {
    baseURL: SERVERS.production.url,
    trace: 'retain-on-failure',
    launchOptions: {
      args: BROWSER_FLAGS,
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
    },
  },
  webServer: Object.values(SERVERS).map(({ url, command, env }) => ({
    url,
    command,
    env,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 1000 },
  })),
});
