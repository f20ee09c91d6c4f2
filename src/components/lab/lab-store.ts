import { batch, signal } from '@preact/signals-core';
import { compute, ComputeError, DEFAULT_MODEL } from '../../client/index.ts';
import type {
  Divergence,
  EngineRequest,
  ModelSettings,
  RunningCall,
  RunSource,
  RunStarted,
  Sample,
  TrainEvent,
} from '../../client/index.ts';
import { askedModel } from './asked-model.ts';
import { data, dataProblem, isDataError, loadAll } from './data-store.ts';
import { messageOf } from './format.ts';
import { backend, engineReport, useEngine } from './engine-store.ts';
import { followInside, insideOf, pinReview } from './inside-store.ts';
import { addPastRun } from './past-runs.ts';
import { RunLog } from './run-log.ts';
import { newRunName } from './run-name.ts';
import { noteSaved } from './saved-runs.ts';

export type Phase = 'idle' | 'testing' | 'reading' | 'loading' | 'running' | 'paused' | 'stopping';
export type Outcome = 'none' | 'finished' | 'stopped' | 'failed';

/** What the reader has set. */
export const settings = signal<ModelSettings>(DEFAULT_MODEL);
export const trainOn = signal<Sample>('starter');

/** How the run stands. */
export const phase = signal<Phase>('idle');
/** Share of the word vectors that is learnt, before a run that starts from them. */
export const prepared = signal<number | undefined>(undefined);
export const started = signal<RunStarted | undefined>(undefined);
export const log = signal(RunLog.begin());
export const outcome = signal<Outcome>('none');
export const problem = signal('');
/** What the run has to say besides its figures: where it goes on, what was not saved. */
export const notes = signal<readonly string[]>([]);
export const divergence = signal<Divergence | undefined>(undefined);

let run: RunningCall<'train'> | undefined;

/**
 * Starts a run with the settings as they are, or goes on with another one. Resolves when it has
 * ended, however it ended.
 */
export async function train(from?: RunSource): Promise<void> {
  if (phase.value !== 'idle') return;
  batch(() => {
    phase.value = 'loading';
    outcome.value = 'none';
    problem.value = '';
    notes.value = [];
    divergence.value = undefined;
    prepared.value = undefined;
  });
  run = compute.start('train', {
    settings: settings.value,
    trainOn: trainOn.value,
    backend: backend.value,
    run: from?.kind === 'saved' ? from.run : newRunName(settings.value),
    ...(from ? { from } : {}),
  });
  followInside(run);
  try {
    for await (const event of run) {
      if (event.type !== 'started') receive(event);
      else batch(() => begin(event, from !== undefined));
    }
    outcome.value = (await run.result).outcome;
  } catch (error) {
    fail(error);
  } finally {
    run = undefined;
    followInside(undefined);
    phase.value = 'idle';
    if (started.value && log.value.steps > 0) addPastRun(started.value, log.value, outcome.value);
  }
}

/** Starts or changes the engine. Meanwhile no run can start. */
export async function setEngine(request: EngineRequest): Promise<void> {
  if (phase.value !== 'idle') throw new Error('A run is under way. Stop it first.');
  phase.value = 'testing';
  try {
    await useEngine(request);
  } finally {
    phase.value = 'idle';
  }
}

/** Goes on from the last good step before the trouble, with all gradients together clipped to 1. */
export function replayWithClipping(): Promise<void> {
  const { text, network, training } = settings.value;
  settings.value = {
    text,
    network,
    training: { ...training, clipping: 'global_clipnorm', clip: 1 },
  };
  return train({ kind: 'lastGood' });
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

/** One batch; then the run is paused. */
export function step(): void {
  if (phase.value !== 'running' && phase.value !== 'paused') return;
  phase.value = 'paused';
  run?.step();
}

export function stop(): void {
  if (!run) return;
  phase.value = 'stopping';
  run?.stop();
}

function receive(event: Exclude<TrainEvent, RunStarted>): void {
  switch (event.type) {
    case 'preparing':
      prepared.value = event.share;
      break;
    case 'data':
      data.value = event;
      break;
    case 'engine':
      batch(() => {
        started.value = { ...started.value!, engine: event.engine };
        engineReport.value = event.engine;
        log.value = log.value.backTo(event.fromStep);
        notes.value = [...notes.value, event.note];
      });
      break;
    case 'saved':
      noteSaved(event);
      break;
    case 'unsaved':
      notes.value = [
        ...notes.value.filter((note) => !note.startsWith(UNSAVED)),
        `${UNSAVED} ${event.error.message} Training goes on.`,
      ];
      break;
    case 'batch':
      insideOf(event);
      log.value = log.value.with(event);
      break;
    case 'epoch':
      log.value = log.value.with(event);
      break;
    case 'end':
      if (event.restoredEpoch !== undefined) {
        notes.value = [
          ...notes.value,
          `The weights are those of epoch ${event.restoredEpoch + 1}, the best on held-out reviews.`,
        ];
      }
  }
}

const UNSAVED = 'The run is not saved:';

function begin(event: RunStarted, goesOn: boolean): void {
  started.value = event;
  engineReport.value = event.engine;
  log.value = RunLog.begin(event.epochs);
  settings.value = event.settings;
  trainOn.value = event.trainOn;
  askedModel.value = { kind: 'trained', run: event.run };
  if (goesOn) notes.value = [`The run goes on from step ${event.fromStep}.`];
  if (phase.value === 'loading') phase.value = 'running';
  void loadAll();
  void pinReview();
}

function fail(error: unknown): void {
  batch(() => {
    outcome.value = 'failed';
    (isDataError(error) ? dataProblem : problem).value = messageOf(error);
    if (error instanceof ComputeError) {
      divergence.value = error.divergence;
      if (error.kind === 'WorkerCrash') askedModel.value = undefined;
    }
  });
}
