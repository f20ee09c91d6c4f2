import { describe, expect, test } from 'vitest';
import { courseOf, describeNeeds, inOrder } from '../../../src/components/lesson/course.ts';

const lesson = (id: string, order: number, part: string) => ({
  id,
  data: { title: id.toUpperCase(), order, part },
});

describe('the course', () => {
  const lessons = [
    lesson('clip', 3, 'Training'),
    lesson('read', 1, 'The data'),
    lesson('pad', 2, 'The data'),
  ];

  test('is ordered by place, whatever the order of the files', () => {
    expect(inOrder(lessons).map(({ id }) => id)).toEqual(['read', 'pad', 'clip']);
  });

  test('has every lesson in its part', () => {
    const parts = courseOf(lessons);
    const byPart = Object.fromEntries(
      parts.map(({ name, lessons: own }) => [name, own.map(({ id }) => id)]),
    );
    expect(byPart).toMatchObject({ 'The data': ['read', 'pad'], Training: ['clip'] });
    expect(parts.flatMap(({ lessons: own }) => own)).toHaveLength(lessons.length);
    expect(parts.flatMap(({ later }) => later)).toContain('Capstone');
  });

  test.each([
    ['two lessons in one place', [...lessons, lesson('twin', 2, 'Training')], /pad and twin .* 2/],
    ['a part that is not there', [lesson('odd', 9, 'Elsewhere')], /odd is of part “Elsewhere”/],
  ])('%s is an error', (_, wrong, message) => {
    expect(() => inOrder(wrong)).toThrow(message);
  });
});

test('what a lesson asks for, in words', () => {
  const needs = (minutes: number, trainingMinutes: number, gpu: 'none' | 'helps') =>
    describeNeeds({ minutes, trainingMinutes, gpu }).join(' · ');
  expect(needs(15, 0.5, 'none')).toBe(
    '15 minutes to read · under a minute of training · any computer will do',
  );
  expect(needs(1, 0, 'none')).toBe('1 minute to read · any computer will do');
  expect(needs(9, 1.2, 'helps')).toBe(
    '9 minutes to read · about 1 minute of training · a graphics card helps',
  );
});
