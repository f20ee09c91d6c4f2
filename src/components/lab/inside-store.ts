/** What a run's telemetry tells while the reader looks inside. */
import { signal } from '@preact/signals-core';
import { compute } from '../../client/index.ts';
import type { BatchEvent, Calls, RunningCall, Telemetry, Timestep } from '../../client/index.ts';
import { messageOf } from './format.ts';
import type { Point } from './run-log.ts';

/** Steps from one look to the next: it costs some time. */
const EVERY = 10;

/** The last look, and some of those before it. */
export interface Inside {
  readonly step: number;
  readonly telemetry: Telemetry;
  /** Between the raw and the clipped gradient, in degrees. */
  readonly angles: readonly Point[];
  /** Spectral radii by recurrent kernel; of each its gates, in Keras's order. */
  readonly radii: ReadonlyMap<string, readonly (readonly Point[])[]>;
}

/** A held-out review that the network reads at each look. */
export interface PinnedReview {
  readonly row: number;
  readonly label: number;
  readonly timesteps: readonly Timestep[];
}

export const inside = signal<Inside | undefined>(undefined);
export const pinned = signal<PinnedReview | undefined>(undefined);
export const pinProblem = signal('');

let looking = false;
let run: RunningCall<'train'> | undefined;
let review: Calls['sample']['result'] | undefined;
let place = 0;

/** The run that is looked into from now on; undefined at its end, when what was seen stays. */
export function followInside(next: RunningCall<'train'> | undefined): void {
  run = next;
  if (!next) return;
  inside.value = pinned.value = undefined;
  observe();
}

/** Looks inside, or no longer. */
export function look(on: boolean): void {
  if (looking === on) return;
  looking = on;
  observe();
  void pinReview();
}

/** Takes another held-out review. */
export async function pinAnother(): Promise<void> {
  place++;
  review = undefined;
  await pinReview();
}

/** Lets the network of the run read the pinned review at each look, once it is there. */
export async function pinReview(): Promise<void> {
  const asked = run;
  if (!looking || !asked) return;
  try {
    review ??= await compute.call('sample', { split: 'validation', n: place });
    const { row, label, text } = review;
    const model = { kind: 'asked' } as const;
    const { timesteps } = await compute.call('inspectReview', { model, text });
    if (asked !== run || row !== review?.row) return;
    pinned.value = { row, label, timesteps };
    pinProblem.value = '';
    observe();
  } catch (error) {
    if (asked === run) pinProblem.value = messageOf(error);
  }
}

/** Notes what a step tells of the inside, if it was looked at. */
export function insideOf({ step, telemetry }: BatchEvent): void {
  if (!telemetry) return;
  const before = inside.value;
  const radii = new Map(
    (telemetry.spectralRadii ?? []).map(({ name, radii: now }) => {
      const earlier = before?.radii.get(name) ?? [];
      return [name, now.map((radius, gate) => [...(earlier[gate] ?? []), [step, radius] as const])];
    }),
  );
  const degrees = (telemetry.angle * 180) / Math.PI;
  inside.value = { step, telemetry, angles: [...(before?.angles ?? []), [step, degrees]], radii };
}

function observe(): void {
  if (!looking) {
    run?.observe(undefined);
    return;
  }
  const timesteps = pinned.value?.timesteps;
  const ids = timesteps && Int32Array.from(timesteps, ({ id }) => id);
  run?.observe({
    every: EVERY,
    stateGradients: true,
    spectralRadii: true,
    ...(ids ? { pinned: { ids, shape: [1, ids.length] } } : {}),
  });
}
