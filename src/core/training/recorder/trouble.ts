import type { FlightRecord, StepRecord } from './flight-recorder.ts';

/** Nats. Chance is 0.69, and a network that is sure and wrong has a few. */
const EXPLODED = 1_000;
/** A loss is on its way up when it is this much above the lowest on record, and above chance. */
const [RISE, CHANCE] = [10, Math.LN2];

/** How a run went wrong, and where that began. */
export interface Trouble {
  /** `loss`: no longer a number. `explosion`: far beyond all reason. `gradient`: no longer a number. */
  readonly kind: 'loss' | 'gradient' | 'explosion';
  /** The step whose update did the harm; the last one if none did. */
  readonly step: number;
  /** Where it began; undefined if no variable stands out. */
  readonly variable?: string;
}

/** Says whether the last recorded step is past saving. */
export function findTrouble(record: FlightRecord): Trouble | undefined {
  const last = record.steps.at(-1)!;
  const bad = firstBad(record, last);
  if (!Number.isFinite(last.loss))
    return { kind: 'loss', step: riseOf(record).step, variable: bad };
  if (bad !== undefined) return { kind: 'gradient', step: last.step, variable: bad };
  return last.loss < EXPLODED ? undefined : { kind: 'explosion', ...riseOf(record) };
}

/** Gradients run from the loss to the input: the one nearest the loss was bad first. */
function firstBad({ variables }: FlightRecord, { gradientNorms }: StepRecord): string | undefined {
  const i = gradientNorms.findLastIndex((norm) => !Number.isFinite(norm));
  return variables[i];
}

/** The step before the loss left its usual range for good, and the gradient that grew most in it. */
function riseOf({ variables, steps }: FlightRecord): { step: number; variable?: string } {
  const losses = steps.map(({ loss }) => loss).filter(Number.isFinite);
  const high = RISE * Math.max(CHANCE, Math.min(...losses));
  const calm = steps.findLastIndex(({ loss }) => loss < high);
  const harmful = steps[Math.max(0, calm)]!;
  const before = steps[Math.max(0, calm - 1)]!;
  const growth = harmful.gradientNorms.map((norm, i) => norm / (before.gradientNorms[i]! || 1));
  const most = Math.max(...growth.filter(Number.isFinite));
  return { step: harmful.step, variable: variables[growth.indexOf(most)] };
}
