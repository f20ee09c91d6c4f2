import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serverHeaders } from '../../../scripts/serve/headers.ts';
import { Inference } from '../../../src/api/inference.ts';
import { Predictions } from '../../../src/api/predictions.ts';
import { createApiServer } from '../../../src/api/server.ts';
import type { Timeouts } from '../../../src/api/server.ts';

/** A server on a port of its own. */
export interface Running {
  readonly url: string;
  readonly port: number;
  /** Errors that it took for its own. */
  readonly errors: readonly unknown[];
  close(): Promise<void>;
}

export function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'unrolled-models-'));
}

/** Starts a server before pages that are one word long. */
export async function listen(
  predictions: Predictions,
  { base = '/', timeouts }: { base?: string; timeouts?: Timeouts } = {},
): Promise<Running> {
  const errors: unknown[] = [];
  const server = createApiServer(
    {
      headers: serverHeaders,
      base,
      version: '0.0.0',
      predictions,
      pages: (_, response) => response.end('page'),
      onError: (error) => errors.push(error),
    },
    timeouts,
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${base}`,
    port,
    errors,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The models of a folder on a thread of their own, with a server before them. */
export async function serveModels(folder: string): Promise<Running & { inference: Inference }> {
  const inference = new Inference(folder);
  const running = await listen(new Predictions(inference, await inference.start()));
  const close = async (): Promise<void> => {
    await running.close();
    await inference.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...running, close, inference };
}

/** Sends bytes as they are, and gives all that comes back until the server closes. */
export function sendRaw(port: number, bytes: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
  });
}
