import type { BackendFailure } from '../kernels/spec/backend-failure.ts';
import type { Checkpoint } from './checkpoints/checkpoint.ts';
import type { FlightRecord } from './recorder/flight-recorder.ts';
import type { Trouble } from './recorder/trouble.ts';

/** A run was asked for something that it can't do in its state. */
export class RunStateError extends Error {
  override readonly name = 'RunStateError';
}

/** Training left the range of numbers, or of reason: further steps would only spread it. */
export class DivergedError extends Error {
  override readonly name = 'DivergedError';
  readonly trouble: Trouble;
  readonly record: FlightRecord;
  /** The last good state. Give it to a new run with other settings, and it replays from there. */
  readonly checkpoint: Checkpoint | undefined;

  constructor(trouble: Trouble, record: FlightRecord, checkpoint: Checkpoint | undefined) {
    super(`${symptomOf(trouble, record)} Training has stopped; ${adviceOn(trouble, checkpoint)}`);
    this.trouble = trouble;
    this.record = record;
    this.checkpoint = checkpoint;
  }
}

/** The backend failed in the middle of a run: its device is lost, or its memory full. */
export class BackendFailedError extends Error {
  override readonly name = 'BackendFailedError';
  override readonly cause: BackendFailure;
  /** The last good state, in the CPU's memory. */
  readonly checkpoint: Checkpoint;

  constructor(cause: BackendFailure, checkpoint: Checkpoint) {
    const { step } = checkpoint.position;
    const symptom = cause.message.replace(/\.?$/, '.');
    super(`${symptom} Training can go on from step ${step} on another engine.`);
    this.cause = cause;
    this.checkpoint = checkpoint;
  }
}

function symptomOf({ kind, variable }: Trouble, { steps }: FlightRecord): string {
  const { step, loss } = steps.at(-1)!;
  if (kind === 'gradient') {
    return `The gradient of ${variable} stopped being a number at step ${step}.`;
  }
  const value = kind === 'explosion' ? loss.toPrecision(3) : loss;
  return `The loss became ${value} at step ${step}.`;
}

function adviceOn({ kind, step, variable }: Trouble, checkpoint: Checkpoint | undefined): string {
  const cure = 'a lower learning rate usually cures it.';
  if (kind === 'gradient') return cure;
  const where = variable === undefined ? '' : `, in ${variable}`;
  const replay = checkpoint
    ? ` Step ${checkpoint.position.step} is still good: clipping may carry it past there.`
    : '';
  return `${cure} It began at step ${step}${where}.${replay}`;
}
