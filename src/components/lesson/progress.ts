/** How far a reader has come in one lesson. */
export interface LessonProgress {
  /** Steps done: `section:…`, `question:…`, `cell:…`. */
  readonly done: readonly string[];
  /** Steps that the lesson had at the last visit. */
  readonly of: number;
}

type Kept = Readonly<Record<string, LessonProgress>>;

const KEY = 'unrolled:progress';
const NOTHING: LessonProgress = { done: [], of: 0 };

/** Reads what was kept; whatever else stands there counts as nothing. */
export function parseProgress(text: string | null): Kept {
  try {
    const kept: unknown = JSON.parse(text ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    return Object.fromEntries(Object.entries(kept).filter(([, value]) => isProgress(value)));
  } catch {
    return {};
  }
}

/** Progress of a lesson with these steps when one of them, or none, is done. */
export function withStep(
  before: LessonProgress | undefined,
  steps: readonly string[],
  step?: string,
): LessonProgress {
  const done = new Set(before?.done);
  if (step !== undefined) done.add(step);
  // A step that the lesson no longer has does not count.
  return { done: steps.filter((name) => done.has(name)), of: steps.length };
}

/** Progress of every lesson on this device. */
export function readProgress(): Kept {
  try {
    return parseProgress(localStorage.getItem(KEY));
  } catch {
    return {};
  }
}

/** Keeps that a step of a lesson is done (or only how many steps there are) and says how it stands. */
export function keepProgress(
  lesson: string,
  steps: readonly string[],
  step?: string,
): LessonProgress {
  const kept = readProgress();
  const now = withStep(kept[lesson], steps, step);
  try {
    if (now.done.length > 0) localStorage.setItem(KEY, JSON.stringify({ ...kept, [lesson]: now }));
  } catch {
    // Storage can be refused; progress then lasts as long as the page.
  }
  return now;
}

/** Forgets the progress of every lesson. */
export function forgetProgress(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // What could not be kept need not be forgotten.
  }
}

/** "5 of 12", or nothing before the first step. */
export function describeProgress({ done, of }: LessonProgress = NOTHING): string {
  if (done.length === 0) return '';
  return done.length === of ? 'done' : `${done.length} of ${of}`;
}

function isProgress(value: unknown): value is LessonProgress {
  if (typeof value !== 'object' || value === null) return false;
  const { done, of } = value as Partial<LessonProgress>;
  return (
    Array.isArray(done) &&
    done.every((step) => typeof step === 'string') &&
    typeof of === 'number' &&
    of >= done.length
  );
}
