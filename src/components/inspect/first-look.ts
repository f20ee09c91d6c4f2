import type { ReviewInspection } from '../../client/index.ts';
import type { Subject } from './known.ts';

/** A first look into a model, worked out when the site is built: no model loads for it. */
export interface FirstLook {
  readonly subject: Subject;
  readonly review: ReviewInspection;
  /** [T], NaN at padding; so is the next. */
  readonly running: Float32Array;
  readonly occlusion: Float32Array;
}

/** What stands for numbers of single precision in JSON, which has no word for NaN. */
interface Floats {
  readonly floats: readonly (number | null)[];
}

/** Figures that are kept of a number: more than a picture can show. */
const FIGURES = 3;

/** A look as JSON. */
export function packLook(look: FirstLook): string {
  return JSON.stringify(look, (_, value: unknown): unknown =>
    value instanceof Float32Array
      ? {
          floats: Array.from(value, (x) =>
            Number.isNaN(x) ? null : Number(x.toPrecision(FIGURES)),
          ),
        }
      : value,
  );
}

/** The look that {@link packLook} wrote. */
export function unpackLook(json: string): FirstLook {
  return JSON.parse(json, (_, value: unknown): unknown =>
    isFloats(value) ? Float32Array.from(value.floats, (x) => x ?? Number.NaN) : value,
  ) as FirstLook;
}

/** @throws Error saying that it can't be had */
export async function fetchLook(url: string): Promise<FirstLook> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw new Error('What stands here on arrival could not be loaded.');
  return unpackLook(await response.text());
}

const isFloats = (value: unknown): value is Floats =>
  typeof value === 'object' && value !== null && 'floats' in value;
