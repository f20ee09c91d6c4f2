import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Batch } from './batch.ts';
import { SHAPE } from './batch.ts';

/** PyTorch, waiting to run one training step at a time. */
export interface Torch {
  readonly version: string;
  /** Runs one step. @returns its milliseconds */
  step(): Promise<number>;
  close(): void;
}

/** Starts PyTorch if this machine has it; the site and its tests never need it. */
export async function startTorch({ ids, labels }: Batch): Promise<Torch | undefined> {
  const script = new URL('torch_step.py', import.meta.url).pathname;
  const python = spawn('/usr/bin/python3', [script], { stdio: ['pipe', 'pipe', 'ignore'] });
  python.on('error', () => {});
  python.stdin.on('error', () => {});
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<string | undefined> => {
    python.stdin.write(`${line}\n`);
    return (await lines.next()).value;
  };
  const setup = { ids: [...ids], labels: [...labels], shape: SHAPE };
  const version = await ask(JSON.stringify(setup));
  if (version === undefined) return undefined;
  const step = async (): Promise<number> => {
    const answer = await ask('step');
    if (answer === undefined) throw new Error(`PyTorch broke off; try ${script} by hand.`);
    return Number(answer);
  };
  return { version, step, close: () => python.stdin.end() };
}
