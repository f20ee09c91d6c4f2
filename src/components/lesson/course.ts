import outline from '../../lessons/outline.json';

/** What the course knows of a lesson. */
export interface LessonEntry {
  readonly id: string;
  readonly data: { readonly title: string; readonly order: number; readonly part: string };
}

/** A part of the course: its lessons in order, and the titles of those that are still to come. */
export interface Part<L extends LessonEntry> {
  readonly name: string;
  readonly about: string;
  readonly lessons: readonly L[];
  readonly later: readonly string[];
}

/**
 * The lessons in the order of the course.
 *
 * @throws Error if two lessons claim one place, or one a part that the outline lacks
 */
export function inOrder<L extends LessonEntry>(lessons: readonly L[]): L[] {
  const ordered = lessons.toSorted((a, b) => a.data.order - b.data.order);
  for (const [i, { id, data }] of ordered.entries()) {
    if (data.order === ordered[i - 1]?.data.order) {
      throw new Error(`The lessons ${ordered[i - 1]!.id} and ${id} both have order ${data.order}.`);
    }
    if (!outline.some(({ part }) => part === data.part)) {
      const parts = outline.map(({ part }) => part).join(', ');
      throw new Error(`The lesson ${id} is of part “${data.part}”; there are: ${parts}.`);
    }
  }
  return ordered;
}

/** The whole course by part. */
export function courseOf<L extends LessonEntry>(lessons: readonly L[]): Part<L>[] {
  const ordered = inOrder(lessons);
  return outline.map(({ part, about, later }) => ({
    name: part,
    about,
    later,
    lessons: ordered.filter(({ data }) => data.part === part),
  }));
}

/** How long networks of a lesson train, in words; empty if none do. */
export function describeTraining(minutes: number): string {
  if (minutes === 0) return '';
  if (minutes < 1) return 'under a minute of training';
  const whole = Math.round(minutes);
  return `about ${whole} ${whole === 1 ? 'minute' : 'minutes'} of training`;
}

/** What a lesson asks of the reader, in words. */
export function describeNeeds(data: {
  readonly minutes: number;
  readonly trainingMinutes: number;
  readonly gpu: 'none' | 'helps';
}): string[] {
  return [
    `${data.minutes} ${data.minutes === 1 ? 'minute' : 'minutes'} to read`,
    describeTraining(data.trainingMinutes),
    data.gpu === 'helps' ? 'a graphics card helps' : 'any computer will do',
  ].filter((text) => text !== '');
}
