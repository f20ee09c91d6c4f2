/**
 * The four ways to serve the site, each on its own port. The last is a host of the simplest kind: no
 * headers of ours, and the site below a sub-path.
 */
export const BASE = '/sub/path/';

interface Server {
  readonly url: string;
  readonly command: string;
  readonly env: Record<string, string>;
}

const quiet = { ASTRO_TELEMETRY_DISABLED: '1' };

export const SERVERS = {
  production: {
    url: 'http://localhost:4411/',
    command: 'node scripts/serve.ts',
    env: { ...quiet, PORT: '4411' },
  },
  preview: {
    url: 'http://localhost:4412/',
    command: 'astro preview --port 4412',
    env: quiet,
  },
  dev: {
    url: 'http://localhost:4413/',
    command: 'astro dev --port 4413',
    env: quiet,
  },
  staticHost: {
    url: `http://localhost:4414${BASE}`,
    command: 'astro build && node tests/browser/static-host.ts',
    env: {
      ...quiet,
      BASE_PATH: BASE,
      SITE_URL: 'http://localhost:4414',
      OUT_DIR: 'test-results/static-site',
      PORT: '4414',
    },
  },
} as const satisfies Record<string, Server>;
