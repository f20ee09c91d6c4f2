import { timing } from '../src/core/benchmark/timing.ts';
import type { Figure } from './result.ts';

/** Something that is timed again and again. */
export interface Entry {
  readonly what: string;
  /** Timesteps. */
  readonly steps: number;
  /** @returns milliseconds */
  time(): Promise<number>;
  /** It takes part in every so many-th round. Default 1. */
  readonly every?: number;
  /** How often it runs in a round, one after another. Default 1. */
  readonly repeats?: number;
}

/**
 * Times all entries in turn, round by round, so that all of them see the same machine. One that fails
 * is left out from then on, and its figure says why.
 */
export async function interleave<Entries extends Readonly<Record<string, Entry | undefined>>>(
  entries: Entries,
  rounds: number,
): Promise<{ [Name in keyof Entries]: Figure | Extract<Entries[Name], undefined> }> {
  const list = Object.entries(entries).filter(
    (pair): pair is [string, Entry] => pair[1] !== undefined,
  );
  const times = new Map<string, number[]>();
  const failures = new Map<string, string>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, { what, time, every = 1, repeats = 1 }] of list) {
      if (round % every !== 0 || failures.has(name)) continue;
      try {
        for (let repeat = 0; repeat < repeats; repeat++) {
          const milliseconds = await time();
          times.set(name, [...(times.get(name) ?? []), milliseconds]);
          console.log(`  ${what}: ${milliseconds.toFixed(1)} ms`);
        }
      } catch (error) {
        failures.set(name, error instanceof Error ? error.message : String(error));
        console.log(`  ${what}: ${failures.get(name)}`);
      }
    }
  }
  const figures = list.map(([name, { what, steps }]): [string, Figure] => {
    const failure = failures.get(name);
    return [
      name,
      { what, steps, ...(failure ? { failure } : { timing: timing(times.get(name)!) }) },
    ];
  });
  return Object.fromEntries(figures) as { [Name in keyof Entries]: Figure };
}
