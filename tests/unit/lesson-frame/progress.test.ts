import { describe, expect, test } from 'vitest';
import {
  describeProgress,
  parseProgress,
  withStep,
} from '../../../src/components/lesson/progress.ts';

const STEPS = ['section:a', 'question:q', 'cell:c'];

describe('progress', () => {
  test('counts each step once, in the order of the lesson', () => {
    const first = withStep(undefined, STEPS, 'cell:c');
    const second = withStep(withStep(first, STEPS, 'section:a'), STEPS, 'cell:c');
    expect(second).toEqual({ done: ['section:a', 'cell:c'], of: 3 });
    expect(describeProgress(second)).toBe('2 of 3');
    expect(describeProgress(withStep(second, STEPS, 'question:q'))).toBe('done');
    expect(describeProgress(withStep(undefined, STEPS))).toBe('');
    expect(describeProgress()).toBe('');
  });

  test('forgets steps that the lesson has no more', () => {
    const before = { done: ['section:old', 'cell:c'], of: 9 };
    expect(withStep(before, STEPS)).toEqual({ done: ['cell:c'], of: 3 });
    expect(withStep(before, STEPS, 'section:elsewhere').done).toEqual(['cell:c']);
  });

  test('whatever else stands in the storage counts as nothing', () => {
    const good = { done: ['cell:c'], of: 3 };
    expect(parseProgress(JSON.stringify({ a: good, b: { done: 1 }, c: null }))).toEqual({
      a: good,
    });
    for (const text of [null, '', '{', '[]', '"x"', 'null', '{"a":{"done":[1],"of":1}}']) {
      expect(parseProgress(text)).toEqual({});
    }
  });
});
