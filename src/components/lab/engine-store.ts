import { batch, signal } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type {
  BackendChoice,
  EngineReport,
  EngineRequest,
  EngineState,
} from '../../client/index.ts';

/** The engine that the reader wants. It holds for this page. */
export const backend = signal<BackendChoice>('auto');

/** The engine that runs; undefined before anything was computed. */
export const engineReport = signal<EngineReport | undefined>(undefined);

/** What the engine held when it was last asked. */
export const memory = signal<EngineState['memory'] | undefined>(undefined);

/**
 * Asks how the engine stands, or changes it.
 *
 * @throws ComputeError if the one asked for can't run here; the one before goes on
 */
export async function useEngine(request: EngineRequest): Promise<void> {
  const state = await compute.call('engine', request);
  batch(() => {
    if (request.choice) backend.value = request.choice;
    engineReport.value = state.report;
    memory.value = state.memory;
  });
}
