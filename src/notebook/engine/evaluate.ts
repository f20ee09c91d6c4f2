import { cellFile } from './error-place.ts';
import type { Program } from './program.ts';

/** Makes the function of a program. Its stack frames name the cell's file. */
export function evaluate(name: string, { body }: Program): (...inputs: unknown[]) => unknown {
  // Indirect, so that the code sees globals alone.
  const run = globalThis.eval;
  return run(`(${body})\n//# sourceURL=${cellFile(name)}`) as (...inputs: unknown[]) => unknown;
}
