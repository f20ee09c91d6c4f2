import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NormalizeOptions } from '../../../src/core/text/index.ts';
import { KERAS_FILTERS, normalize } from '../../../src/core/text/index.ts';
import { awkwardText, RUNS } from './arbitraries.ts';

describe('normalize', () => {
  it('filters the 33 characters of Keras, and keeps the apostrophe', () => {
    expect(KERAS_FILTERS).toHaveLength(33);
    expect(normalize(KERAS_FILTERS).text).toBe(' '.repeat(33));
    expect(normalize("It's").text).toBe("it's");
  });

  it.each<[string, string, NormalizeOptions, string]>([
    ['lower-cases, then filters', 'A-B!', {}, 'a b '],
    ['keeps case on request', 'A-B!', { lower: false }, 'A B '],
    ['keeps everything without filters', 'A-B!', { filters: '' }, 'a-b!'],
    ['filters after lower-casing', 'AaB', { filters: 'A' }, 'aab'],
    ['takes pattern characters literally', 'a^b]c\\d', { filters: ']^\\' }, 'a b c d'],
    ['filters beyond the BMP, keeping indices in step', 'a👍b', { filters: '👍' }, 'a  b'],
    ['leaves "br" of a line break, as Keras does', 'a<br />b', {}, 'a br   b'],
    ['replaces line breaks', 'a<br />b<BR>c<br/>d', { breaks: 'space' }, 'a b c d'],
    ['replaces only line breaks', '<b>a<br', { breaks: 'space', filters: '' }, '<b>a<br'],
    ['lower-cases İ to two code units', 'İx', {}, 'i\u0307x'],
    ['knows the final sigma', 'ΟΔΟΣ', {}, 'οδος'],
    ['takes the empty text', '', {}, ''],
  ])('%s', (_, text, options, expected) => {
    expect(normalize(text, options).text).toBe(expected);
  });

  it('leads back to the source across breaks and lengthened letters', () => {
    const source = 'İ<br />x<br>İy';
    const { text, startInSource, endInSource } = normalize(source, { breaks: 'space' });
    expect(text).toBe('i\u0307 x i\u0307y');
    const spans = [
      [0, 2],
      [2, 3],
      [3, 4],
      [4, 5],
      [5, 7],
      [7, 8],
    ] as const;
    const slices = spans.map(([a, b]) => source.slice(startInSource(a), endInSource(b)));
    expect(slices).toEqual(['İ', '<br />', 'x', '<br>', 'İ', 'y']);
    expect([startInSource(1), endInSource(1)], 'inside İ').toEqual([0, 1]);
  });

  it('has the one lengthened letter right: İ, of all code points', () => {
    const lengthened: number[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      if (character.toLowerCase().length !== character.length) lengthened.push(point);
    }
    expect(lengthened).toEqual([0x130]);
  });

  it('maps the whole text to the whole source, and places in order', () => {
    const options = fc.record({
      lower: fc.boolean(),
      breaks: fc.constantFrom('keep' as const, 'space' as const),
      filters: fc.constantFrom('', KERAS_FILTERS, '\u0307', 'i', '👍'),
    });
    fc.assert(
      fc.property(awkwardText, options, (source, chosen) => {
        const { text, startInSource, endInSource } = normalize(source, chosen);
        expect(startInSource(0)).toBe(0);
        expect(endInSource(text.length)).toBe(source.length);
        for (let i = 0; i < text.length; i += 1) {
          expect(startInSource(i), `start of ${i}`).toBeLessThan(endInSource(i + 1));
          expect(startInSource(i), `start of ${i + 1}`).toBeLessThanOrEqual(startInSource(i + 1));
          expect(endInSource(i), `end of ${i + 1}`).toBeLessThanOrEqual(endInSource(i + 1));
        }
      }),
      RUNS,
    );
  });

  it('names a wrong value of breaks', () => {
    expect(() => normalize('a', { breaks: 'drop' as 'keep' })).toThrow(
      new TypeError(`breaks must be 'keep' or 'space', not "drop"`),
    );
  });
});
