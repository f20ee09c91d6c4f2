/** The import `env.memory` as a module's bytes have it: both names, the kind (memory) and the flags. */
const IMPORT = [3, ...ascii('env'), 6, ...ascii('memory'), 2];
/** Flags of a memory's limits: a maximum follows; threads share it. */
const [HAS_MAXIMUM, SHARED] = [1, 2];

/**
 * The same module for a memory that threads share. What it imports has to say so, in one flag
 * (https://github.com/WebAssembly/threads/blob/main/proposals/threads/Overview.md); its instructions
 * stay as they are.
 *
 * @throws TypeError unless the module imports a memory with a maximum
 */
export function forSharedMemory(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((_, i) => IMPORT.every((byte, j) => bytes[i + j] === byte));
  const flags = at + IMPORT.length;
  if (at < 0 || bytes[flags] !== HAS_MAXIMUM) {
    throw new TypeError('The module imports no env.memory that has a maximum.');
  }
  const shared = Uint8Array.from(bytes);
  shared[flags] = HAS_MAXIMUM | SHARED;
  return shared;
}

/** Whether threads may share memory here: a page must be cross-origin isolated. */
export function canShareMemory(): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated !== false;
}

function ascii(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0)!);
}
