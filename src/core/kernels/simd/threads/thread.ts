import { CALLED, Desk, FAILED, IDLE, type State } from './desk.ts';

/** What a thread needs to help: the kernels, the memory, and where its calls lie. Can be posted. */
export interface ThreadSetup {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly desk: number;
  /** Names of the functions, by their numbers on the desk. */
  readonly kernels: readonly string[];
}

/**
 * The whole life of a helping thread: it waits for calls and answers them, and never returns.
 *
 * @param onReady tells the thread that started this one; the setup is not ready before
 */
export async function serve(setup: ThreadSetup, onReady: () => void): Promise<never> {
  const { module, memory, kernels } = setup;
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const functions = kernels.map((name) => exports[name] as (...values: number[]) => void);
  const desk = new Desk(memory, setup.desk);
  onReady();
  let state: State = IDLE;
  for (;;) {
    desk.waitWhile(state);
    if (desk.state !== CALLED) continue;
    const { kernel, values } = desk.read();
    try {
      functions[kernel]!(...values);
      state = IDLE;
    } catch {
      // The calling thread raises the error.
      state = FAILED;
    }
    desk.state = state;
  }
}
