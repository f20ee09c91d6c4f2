import { batch, computed, signal } from '@preact/signals-core';
import { compute, ComputeError, DEFAULT_SETTINGS } from '../../client/index.ts';
import type {
  BackendChoice,
  Calls,
  DataProgress,
  RunningCall,
  RunSettings,
  RunStarted,
  Sample,
} from '../../client/index.ts';
import { RunHistory } from './run-history.ts';

export type Phase = 'idle' | 'testing' | 'loading' | 'running' | 'paused' | 'stopping';

/** What the reader has set. */
export const settings = signal<RunSettings>(DEFAULT_SETTINGS);
export const trainOn = signal<Sample>('starter');
export const backend = signal<BackendChoice>('auto');

/** How the run stands. */
export const phase = signal<Phase>('idle');
export const started = signal<RunStarted | undefined>(undefined);
export const history = signal(new RunHistory());
export const outcome = signal<'none' | 'finished' | 'stopped' | 'failed'>('none');
export const problem = signal('');

/** How the data stands, and what went wrong with it. */
export const data = signal<DataProgress | undefined>(undefined);
export const dataProblem = signal('');

/** There is a model that can judge a review. */
export const hasModel = computed(() => started.value !== undefined);

let run: RunningCall<'train'> | undefined;
let streaming = false;

/** Starts a run with the settings as they are. Resolves when it has ended, however it ended. */
export async function train(): Promise<void> {
  if (phase.value !== 'idle') return;
  batch(() => {
    phase.value = 'loading';
    outcome.value = 'none';
    problem.value = '';
  });
  const request = { settings: settings.value, trainOn: trainOn.value, backend: backend.value };
  run = compute.call('train', request, receive);
  try {
    outcome.value = (await run.result).outcome;
  } catch (error) {
    outcome.value = 'failed';
    (isDataError(error) ? dataProblem : problem).value = messageOf(error);
  } finally {
    run = undefined;
    phase.value = 'idle';
  }
}

/** Tests every engine anew. Meanwhile no run can start. */
export async function testEngines(): Promise<Calls['testEngines']['result']> {
  phase.value = 'testing';
  try {
    return await compute.call('testEngines', {}).result;
  } finally {
    phase.value = 'idle';
  }
}

export function pause(): void {
  if (phase.value !== 'running') return;
  phase.value = 'paused';
  run?.pause();
}

export function resume(): void {
  if (phase.value !== 'paused') return;
  phase.value = 'running';
  run?.resume();
}

export function stop(): void {
  if (phase.value === 'idle') return;
  phase.value = 'stopping';
  run?.stop();
}

/** Streams the rest of the reviews in; after a failure it can be called again. */
export async function loadAll(): Promise<void> {
  if (streaming) return;
  streaming = true;
  dataProblem.value = '';
  try {
    await compute.call('load', {}, (progress) => void (data.value = progress)).result;
  } catch (error) {
    dataProblem.value = messageOf(error);
  } finally {
    streaming = false;
  }
}

export const judge = (text: string): Promise<Calls['judge']['result']> =>
  compute.call('judge', { text }).result;

/** A review of the test set, with its text. */
export const sampleTestReview = (n: number): Promise<Calls['sample']['result']> =>
  compute.call('sample', { split: 'test', n }).result;

function receive(event: Calls['train']['event']): void {
  if (event.type === 'data') {
    data.value = event;
  } else if (event.type === 'started') {
    batch(() => {
      started.value = event;
      history.value = new RunHistory();
      if (phase.value === 'loading') phase.value = 'running';
    });
    void loadAll();
  } else {
    history.value = history.value.with(event);
  }
}

/** The reviews could not be loaded: their card offers what helps. */
const isDataError = (error: unknown): boolean =>
  error instanceof ComputeError && error.kind === 'DataError';

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
