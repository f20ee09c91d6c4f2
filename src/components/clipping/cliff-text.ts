import type { Landing, StepAnatomy } from '../../client/index.ts';
import { figure } from '../lab/format.ts';

/** Beyond this a loss lies above the picture. */
const HIGHEST = 1_000;

type Slice = StepAnatomy['slice'];
/** As JSON gives it back: a loss that is no number is null there. */
export type ReadSlice = readonly (readonly [distance: number, loss: number | null])[];

/** What the figure begins with, and what it asks the worker for. */
export interface CliffData {
  readonly step: number;
  readonly anatomy: Omit<StepAnatomy, 'slice' | 'landings' | 'angles'> & {
    readonly slice: ReadSlice;
    readonly landings: readonly (Omit<Landing, 'loss'> & { readonly loss: number | null })[];
  };
}

/** The slice as points of a plot: the x axis counts in powers of ten. */
export function slicePoints(slice: Slice | ReadSlice): (readonly [number, number])[] {
  return slice.map(([distance, loss]) => [
    Math.log10(distance),
    loss === null || loss > HIGHEST ? Number.NaN : loss,
  ]);
}

/** A loss in words. */
export const lossText = (loss: number | null): string =>
  loss === null || !Number.isFinite(loss) ? 'no number at all' : figure(loss);

/** What a step of some length does, in a sentence. */
export function describeStep(distance: number, before: number, after: number | null): string {
  return `A step of length ${figure(distance)}: the loss of this batch goes from ${figure(before)} to ${lossText(after)}.`;
}

const degrees = (radians: number): string => `${((radians * 180) / Math.PI).toFixed(1)}°`;

/** A row of the table: where each way of clipping leads. */
export function landingCells({
  angle,
  distance,
  loss,
}: CliffData['anatomy']['landings'][number]): string[] {
  return [figure(distance), degrees(angle), lossText(loss)];
}

/** A way of clipping by its Keras argument. */
export function clippingName({ clipping }: Pick<Landing, 'clipping'>): string {
  return clipping.kind === 'none' ? 'none' : `${clipping.kind} = ${figure(clipping.value)}`;
}

/** Of all variables, the one with the longest gradient. */
export function longest({ variables }: Pick<StepAnatomy, 'variables'>): string {
  const { name } = variables.reduce((most, next) => (next.norm > most.norm ? next : most));
  return name.replace(/^recurrent_\d+\//, '');
}
