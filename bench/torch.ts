import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { StepShape } from '../src/core/benchmark/shape.ts';

/** What PyTorch trains on: files with the ids (uint16) and labels (uint8) of whole batches. */
export interface TorchSetup extends StepShape {
  readonly device: 'cpu' | 'cuda';
  readonly ids: string;
  readonly labels: string;
  /** Largest norm of a variable's gradient, where it is asked for. */
  readonly clipnorm: number;
}

export interface TorchRun {
  readonly threads: number;
  readonly clip: boolean;
  readonly from: number;
  readonly to: number;
}

/** PyTorch, waiting to train on some batches at a time. */
export interface Torch {
  readonly version: string;
  /** @returns milliseconds */
  train(run: TorchRun): Promise<number>;
  close(): void;
}

/**
 * Starts PyTorch if this machine has it, and the device: the site and its tests never need it. The
 * Python is Debian's, or the one that PYTHON names.
 */
export async function startTorch(setup: TorchSetup): Promise<Torch | undefined> {
  const script = new URL('torch_step.py', import.meta.url).pathname;
  const python = spawn(process.env.PYTHON ?? '/usr/bin/python3', [script], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  python.on('error', () => {});
  python.stdin.on('error', () => {});
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<string | undefined> => {
    python.stdin.write(`${line}\n`);
    return (await lines.next()).value;
  };
  const version = await ask(JSON.stringify(setup));
  if (version === undefined) return undefined;
  const train = async ({ threads, clip, from, to }: TorchRun): Promise<number> => {
    const answer = await ask(`${threads} ${Number(clip)} ${from} ${to}`);
    if (answer === undefined) throw new Error(`PyTorch broke off; try ${script} by hand.`);
    return Number(answer);
  };
  return { version, train, close: () => python.stdin.end() };
}
