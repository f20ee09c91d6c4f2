import { describe, expect, it } from 'vitest';
import { ComputeClient } from '../../../src/client/compute-client.ts';
import type { WorkerPort } from '../../../src/client/compute-client.ts';
import type { Request, Response } from '../../../src/protocol/compute.ts';

/** Stands where the worker is, and records what the client sends. */
class Port implements WorkerPort {
  onmessage: WorkerPort['onmessage'] = null;
  onerror: WorkerPort['onerror'] = null;
  readonly sent: Request[] = [];
  terminated = false;

  postMessage(request: Request): void {
    this.sent.push(request);
  }

  terminate(): void {
    this.terminated = true;
  }

  answer(response: Response): void {
    this.onmessage!({ data: response } as MessageEvent<Response>);
  }

  crash(message: string): void {
    this.onerror!({ message, preventDefault: () => {} } as ErrorEvent);
  }
}

function setUp() {
  const ports: Port[] = [];
  const client = new ComputeClient(() => {
    ports.push(new Port());
    return ports.at(-1)!;
  }, '/base/');
  return { client, ports };
}

describe('ComputeClient', () => {
  it('starts the worker with the first call, and only one', () => {
    const { client, ports } = setUp();
    expect(ports).toHaveLength(0);
    void client.call('judge', { text: 'a' });
    void client.call('judge', { text: 'b' });
    expect(ports).toHaveLength(1);
    expect(ports[0]!.sent).toEqual([
      { type: 'call', id: 1, name: 'judge', baseUrl: '/base/', request: { text: 'a' } },
      { type: 'call', id: 2, name: 'judge', baseUrl: '/base/', request: { text: 'b' } },
    ]);
  });

  it('matches answers by id, in whatever order they come', async () => {
    const { client, ports } = setUp();
    const first = client.call('judge', { text: 'a' });
    const second = client.call('judge', { text: 'b' });
    ports[0]!.answer({ type: 'result', id: 2, result: { kind: 'unknown', words: 1 } });
    ports[0]!.answer({ type: 'result', id: 1, result: { kind: 'empty' } });
    expect(await first).toEqual({ kind: 'empty' });
    expect(await second).toEqual({ kind: 'unknown', words: 1 });
  });

  it('hands events to their call until it has ended', async () => {
    const { client, ports } = setUp();
    const call = client.start('load', {});
    const event = {
      type: 'data',
      reviews: 5,
      totalReviews: 9,
      kept: true,
      loadedBytes: 1,
      totalBytes: 2,
      file: 'f',
      fromCache: false,
      waiting: false,
    } as const;
    ports[0]!.answer({ type: 'event', id: 1, event });
    ports[0]!.answer({ type: 'result', id: 1, result: { reviews: 9 } });
    ports[0]!.answer({ type: 'event', id: 1, event: { ...event, reviews: 9 } });
    expect(await call.result).toEqual({ reviews: 9 });
    const heard: number[] = [];
    for await (const { reviews } of call) heard.push(reviews);
    expect(heard).toEqual([5]);
  });

  it('rejects with the kind and the message of the worker’s error', async () => {
    const { client, ports } = setUp();
    const result = client.call('judge', { text: '' });
    ports[0]!.answer({
      type: 'error',
      id: 1,
      error: { name: 'SessionError', message: 'no model' },
    });
    await expect(result).rejects.toMatchObject({ kind: 'SessionError', message: 'no model' });
  });

  it('sends what steers a call under its id', () => {
    const { client, ports } = setUp();
    const call = client.start('load', {});
    call.pause();
    call.resume();
    call.step();
    call.stop();
    call.observe({ every: 10 });
    expect(ports[0]!.sent.slice(1)).toEqual([
      { type: 'control', id: 1, action: 'pause' },
      { type: 'control', id: 1, action: 'resume' },
      { type: 'control', id: 1, action: 'step' },
      { type: 'control', id: 1, action: 'stop' },
      { type: 'observe', id: 1, telemetry: { every: 10 } },
    ]);
  });

  it('fails every call when the worker crashes, and starts a new one for the next', async () => {
    const { client, ports } = setUp();
    const run = client.start('load', {});
    const calls = [client.call('judge', { text: '' }), run.result];
    ports[0]!.crash('out of memory');
    for (const result of calls) {
      await expect(result).rejects.toThrow(/^The compute worker stopped: out of memory\./);
    }
    for await (const _ of run); // Ends, too.
    expect(ports[0]!.terminated).toBe(true);
    void client.call('judge', { text: '' });
    expect(ports).toHaveLength(2);
  });
});
