import { describe, expect, it } from 'vitest';
import { BatchQueue, QueueFullError } from '../../../src/api/batch-queue.ts';

/** A queue whose work is recorded, and finished by hand. */
function observed(options: { batch: number; capacity: number }) {
  const calls: { key: string; texts: readonly string[]; finish: (error?: Error) => void }[] = [];
  const queue = new BatchQueue<string>({
    ...options,
    window: 1,
    run: (key, texts) =>
      new Promise((resolve, reject) => {
        const finish = (error?: Error): void =>
          error ? reject(error) : resolve(texts.map((text) => `${key}:${text}`));
        calls.push({ key, texts, finish });
      }),
  });
  const calledTimes = async (times: number): Promise<void> => {
    while (calls.length < times) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { queue, calls, calledTimes };
}

describe('BatchQueue', () => {
  it('makes one call of what comes together, and gives each its own result', async () => {
    const { queue, calls, calledTimes } = observed({ batch: 8, capacity: 100 });
    const results = [queue.add('m', ['a']), queue.add('m', ['b', 'c']), queue.add('m', ['d'])];
    await calledTimes(1);
    expect(calls.map(({ texts }) => texts)).toEqual([['a', 'b', 'c', 'd']]);
    calls[0]!.finish();
    expect(await Promise.all(results)).toEqual([['m:a'], ['m:b', 'm:c'], ['m:d']]);
  });

  it('gathers while a batch is under way, never runs two, and keeps models apart', async () => {
    const { queue, calls, calledTimes } = observed({ batch: 2, capacity: 100 });
    const results = [
      queue.add('m', ['a', 'b']),
      queue.add('n', ['c']),
      queue.add('m', ['d']),
      queue.add('n', ['e', 'f']),
    ];
    for (let batch = 0; batch < 4; batch += 1) {
      await calledTimes(batch + 1);
      expect(calls).toHaveLength(batch + 1);
      calls[batch]!.finish();
    }
    expect(await Promise.all(results)).toEqual([['m:a', 'm:b'], ['n:c'], ['m:d'], ['n:e', 'n:f']]);
    expect(calls.map(({ texts }) => texts.join(''))).toEqual(['ab', 'ce', 'd', 'f']);
  });

  it('refuses what does not fit, whole, and takes more once there is room', async () => {
    const { queue, calls, calledTimes } = observed({ batch: 2, capacity: 3 });
    const first = queue.add('m', ['a', 'b']);
    await calledTimes(1);
    const second = queue.add('m', ['c', 'd']);
    await expect(queue.add('m', ['e', 'f'])).rejects.toThrow(QueueFullError);
    calls[0]!.finish();
    await calledTimes(2);
    const third = queue.add('m', ['g', 'h']);
    calls[1]!.finish();
    await calledTimes(3);
    calls[2]!.finish();
    expect(await Promise.all([first, second, third])).toHaveLength(3);
  });

  it('fails the texts of a batch that fails, and goes on', async () => {
    const { queue, calls, calledTimes } = observed({ batch: 1, capacity: 9 });
    const bad = queue.add('m', ['a']);
    const good = queue.add('m', ['b']);
    await calledTimes(1);
    calls[0]!.finish(new Error('lost'));
    await expect(bad).rejects.toThrow('lost');
    await calledTimes(2);
    calls[1]!.finish();
    expect(await good).toEqual(['m:b']);
  });
});
