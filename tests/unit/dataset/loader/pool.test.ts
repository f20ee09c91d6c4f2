import { describe, expect, it } from 'vitest';
import { runPool } from '../../../../src/core/dataset/loader/pool.ts';

const pause = () => new Promise((resolve) => setTimeout(resolve, 1));

describe('runPool', () => {
  it('starts jobs in order and never more than the limit at once', async () => {
    const started: number[] = [];
    let running = 0;
    let most = 0;
    await runPool([0, 1, 2, 3, 4, 5, 6], 3, async (item) => {
      started.push(item);
      running += 1;
      most = Math.max(most, running);
      await pause();
      running -= 1;
    });
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(most).toBe(3);
  });

  it('aborts the others on the first failure and waits for their end', async () => {
    const started: number[] = [];
    let aborted = 0;
    const pool = runPool([0, 1, 2, 3, 4], 2, async (item, signal) => {
      started.push(item);
      if (item === 1) throw new Error('bad');
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve());
      });
      aborted += 1;
    });
    await expect(pool).rejects.toThrow('bad');
    expect(started).toEqual([0, 1]);
    expect(aborted).toBe(1);
  });

  it('does nothing without items', async () => {
    await expect(
      runPool([], 3, () => Promise.reject(new Error('called'))),
    ).resolves.toBeUndefined();
  });
});
