import { Agent, request } from 'node:http';

export interface Load {
  readonly url: string;
  readonly reviews: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  /** The server's default model if undefined. */
  readonly model?: string | undefined;
  /** Resident memory of the server, in MiB; asked every few seconds. */
  readonly memory?: () => number;
}

export interface Outcome {
  readonly seconds: number;
  /** Milliseconds that each request took. */
  readonly latencies: readonly number[];
  /** Answers that were no 200, by status. */
  readonly failures: Readonly<Record<string, number>>;
  /** MiB, one value every {@link SAMPLE_SECONDS}. */
  readonly memory: readonly number[];
  readonly model: string;
}

export const SAMPLE_SECONDS = 5;

/** Connections that each send one review after the other, until the time is up. */
export async function putUnderLoad(load: Load): Promise<Outcome> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const latencies: number[] = [];
  const failures: Record<string, number> = {};
  const memory: number[] = [];
  const sample = (): void => void memory.push(Math.round(load.memory?.() ?? 0));
  const timer = load.memory && setInterval(sample, SAMPLE_SECONDS * 1000);
  const start = performance.now();
  const end = start + load.seconds * 1000;
  let next = 0;
  let model = '';

  async function client(): Promise<void> {
    while (performance.now() < end) {
      const review = load.reviews[next++ % load.reviews.length]!;
      const sent = performance.now();
      const { status, body } = await post(agent, load.url, { review, model: load.model });
      if (status !== 200) failures[status] = (failures[status] ?? 0) + 1;
      else model = (JSON.parse(body) as { model: string }).model;
      latencies.push(performance.now() - sent);
    }
  }

  await Promise.all(Array.from({ length: load.connections }, client));
  clearInterval(timer);
  agent.destroy();
  return { seconds: (performance.now() - start) / 1000, latencies, failures, memory, model };
}

function post(agent: Agent, url: string, json: object): Promise<{ status: number; body: string }> {
  const bytes = Buffer.from(JSON.stringify(json));
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': bytes.length };
    const sent = request(`${url}predict`, { agent, method: 'POST', headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode!, body }));
    });
    sent.on('error', reject);
    sent.end(bytes);
  });
}
