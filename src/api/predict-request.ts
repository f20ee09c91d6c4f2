import { ProblemError } from './problem.ts';

/** Most reviews in a request. */
export const MAX_REVIEWS = 64;

/** A checked body of `POST /predict`. */
export interface PredictRequest {
  readonly texts: readonly string[];
  /** Whether the body has one `review`, and the answer one verdict. */
  readonly single: boolean;
  /** The default model if undefined. */
  readonly model: string | undefined;
}

const KEYS = ['review', 'reviews', 'model'];

/** @throws ProblemError 422 that names what is wrong */
export function checkPredictRequest(body: unknown): PredictRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw unusable('The body must be an object with "review" or "reviews".');
  }
  const extra = Object.keys(body).find((key) => !KEYS.includes(key));
  if (extra !== undefined) {
    throw unusable(
      `There is no field ${JSON.stringify(extra.slice(0, 40))}; ${KEYS.join(', ')} are known.`,
    );
  }
  const { review, reviews, model } = body as Record<string, unknown>;
  if ((review === undefined) === (reviews === undefined)) {
    throw unusable('Send either "review", a string, or "reviews", an array of strings.');
  }
  if (model !== undefined && typeof model !== 'string') throw unusable('"model" must be a string.');
  if (review !== undefined) {
    return { texts: [checkText(review, '"review"')], single: true, model };
  }
  if (!Array.isArray(reviews) || reviews.length === 0 || reviews.length > MAX_REVIEWS) {
    const found = Array.isArray(reviews) ? `, not ${reviews.length}` : '';
    throw unusable(`"reviews" must be an array of 1 to ${MAX_REVIEWS} strings${found}.`);
  }
  const texts = reviews.map((text, index) => checkText(text, `"reviews"[${index}]`));
  return { texts, single: false, model };
}

/** The problem of a text without a word in it. */
export function wordless({ single }: PredictRequest, index: number): ProblemError {
  return unusable(`${single ? '"review"' : `"reviews"[${index}]`} has no word to read.`);
}

function checkText(value: unknown, where: string): string {
  if (typeof value !== 'string') throw unusable(`${where} must be a string.`);
  return value;
}

const unusable = (detail: string): ProblemError => new ProblemError(422, detail);
