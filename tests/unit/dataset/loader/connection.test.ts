import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { browserConnection } from '../../../../src/core/dataset/loader/connection.ts';

class Scope extends EventTarget {
  readonly navigator = { onLine: true };
}

describe('browserConnection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Milliseconds until the wait ends. */
  async function waitTime(failures: number): Promise<number> {
    const start = Date.now();
    let end = NaN;
    void browserConnection(new Scope())
      .wait(failures, new AbortController().signal)
      .then(() => {
        end = Date.now();
      });
    await vi.runAllTimersAsync();
    return end - start;
  }

  it('waits longer after each failure, up to half a minute', async () => {
    const times = [];
    for (const failures of [1, 2, 3, 4, 5, 6, 60]) times.push(await waitTime(failures));
    expect(times).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  });

  it('looks every half minute while the browser says that it is offline', async () => {
    expect(await waitTime(0)).toBe(30_000);
  });

  it('ends the wait when the browser is online again', async () => {
    const scope = new Scope();
    const connection = browserConnection(scope);
    scope.navigator.onLine = false;
    expect(connection.online).toBe(false);
    const wait = connection.wait(0, new AbortController().signal);
    scope.dispatchEvent(new Event('online'));
    await wait;
    expect(vi.getTimerCount(), 'a timer is left').toBe(0);
  });

  it('rejects with the reason of an abort, before or during the wait', async () => {
    const connection = browserConnection(new Scope());
    const controller = new AbortController();
    const wait = connection.wait(0, controller.signal);
    controller.abort(new Error('left'));
    await expect(wait).rejects.toThrow('left');
    await expect(connection.wait(0, controller.signal)).rejects.toThrow('left');
    expect(vi.getTimerCount(), 'a timer is left').toBe(0);
  });
});
