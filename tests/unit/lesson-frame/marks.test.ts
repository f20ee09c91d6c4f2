import { describe, expect, test } from 'vitest';
import { fillMarks, mark } from '../../../src/components/lesson/marks.ts';

describe('fillMarks', () => {
  test('numbers figures and sources in the order of the lesson, also ahead of their place', () => {
    const html =
      `See ${mark('figure-of', 'b')}. [${mark('source', 'zipf')}] ${mark('figure', 'a')}` +
      ` [${mark('source', 'maas')}] ${mark('figure', 'b')} [${mark('source', 'zipf')}]` +
      ` logits${mark('term', 'logit')}`;
    expect(fillMarks(html)).toEqual({
      html: 'See 2. [1] 1 [2] 2 [1] logits',
      figures: ['a', 'b'],
      sources: ['zipf', 'maas'],
      terms: ['logit'],
    });
  });

  test('a text without marks stays as it is', () => {
    expect(fillMarks('<p>figure:a</p>').html).toBe('<p>figure:a</p>');
  });

  test.each([
    ['a figure twice', mark('figure', 'a').repeat(2), /Two figures .* “a”/],
    ['no such figure', mark('figure', 'a') + mark('figure-of', 'b'), /“b”\. There are: a\./],
    ['no such control', `<input id="size">${mark('control', 'sise')}`, /“sise”/],
  ])('%s is an error', (_, html, message) => {
    expect(() => fillMarks(html)).toThrow(message);
  });

  test('a control is found by its id or name', () => {
    const html = `<input id="size"><input name="pad">`;
    expect(fillMarks(html + mark('control', 'size') + mark('control', 'pad')).html).toBe(html);
  });
});
