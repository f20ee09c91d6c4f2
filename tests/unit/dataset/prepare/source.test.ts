import { describe, expect, it } from 'vitest';
import { readCsv } from '../../../../scripts/data/csv.ts';
import { parseJson, parseJsonLines } from '../../../../src/core/dataset/prepare/parse-json.ts';
import { parseTable } from '../../../../src/core/dataset/prepare/parse-table.ts';
import type { ParsedSource } from '../../../../src/core/dataset/prepare/source.ts';
import { SourceError } from '../../../../src/core/dataset/prepare/source.ts';

const parseCsv = (text: string): ParsedSource =>
  parseTable(readCsv(new TextEncoder().encode(text)));

describe('CSV', () => {
  it('reads quoted fields, line breaks in them, other columns, and either set of names', () => {
    expect(parseCsv('id,Review,Sentiment\n1,"Good, ""very""\ngood",positive\n2,Bad,NEG\n')).toEqual(
      {
        reviews: [
          { row: 0, text: 'Good, "very"\ngood', label: 1, split: undefined },
          { row: 1, text: 'Bad', label: 0, split: undefined },
        ],
        rejected: [],
      },
    );
    expect(parseCsv('split,label,text\nTest,1,fine\n').reviews).toEqual([
      { row: 0, text: 'fine', label: 1, split: 'test' },
    ]);
  });

  it('refuses bad rows with their line, and numbers rows as the source does', () => {
    const { reviews, rejected } = parseCsv(
      '\ufefftext,label\r\n"two\r\nlines",1\r\n\r\nno label,\r\nwrong label,2\r\n' +
        'too,many,columns\r\n,0\r\n"... !",0\r\nlast,0\r\n',
    );
    expect(reviews.map(({ row, text }) => [row, text])).toEqual([
      [0, 'two\r\nlines'],
      [6, 'last'],
    ]);
    expect(rejected).toEqual([
      {
        where: 'line 5',
        reason: 'the label is missing, not 0, 1, neg, pos, negative or positive',
      },
      { where: 'line 6', reason: 'the label is "2", not 0, 1, neg, pos, negative or positive' },
      { where: 'line 7', reason: "3 columns instead of the header's 2" },
      { where: 'line 8', reason: 'the text has no words' },
      { where: 'line 9', reason: 'the text has no words' },
    ]);
  });

  it('refuses rows with an unknown split, and those without one when others have it', () => {
    const { reviews, rejected } = parseCsv(
      'text,label,split\na,1,train\nb,1,later\nc,0,\nd,0,dev\ne,1,TEST\n',
    );
    expect(reviews.map(({ text, split }) => [text, split])).toEqual([
      ['a', 'train'],
      ['d', 'validation'],
      ['e', 'test'],
    ]);
    expect(rejected).toEqual([
      { where: 'line 3', reason: 'the split is "later", not train, validation or test' },
      { where: 'line 4', reason: 'the split is missing, though other records have one' },
    ]);
    expect(parseCsv('text,label,split\na,1,\nb,0,\n').reviews).toHaveLength(2);
  });

  it('names the columns found when one is missing', () => {
    const found = 'found: "body", "stars"';
    expect(() => parseCsv('body,stars\na,1\n')).toThrow(found);
    expect(() => parseCsv('text,stars\na,1\n')).toThrow(SourceError);
    expect(() => parseCsv('')).toThrow('no header');
  });

  it('stops at broken quoting, which hides where rows end', () => {
    expect(() => parseCsv('text,label\n"a\nb",1\n"c"d,0\ne,1\n')).toThrow('starts at line 4');
    expect(() => parseCsv('text,label\na,1\n\n"never closed,0\ne,1\n')).toThrow('starts at line 4');
    expect(() => parseCsv('text,label\nstray " mark,1\n')).toThrow(SourceError);
  });
});

describe('JSON', () => {
  it('reads an array of objects, with numbers or names as labels', () => {
    const json = JSON.stringify([
      { review: 'good', sentiment: 1 },
      { Text: 'bad', LABEL: ' Negative ', split: null, extra: {} },
    ]);
    expect(parseJson(json)).toEqual({
      reviews: [
        { row: 0, text: 'good', label: 1, split: undefined },
        { row: 1, text: 'bad', label: 0, split: undefined },
      ],
      rejected: [],
    });
  });

  it('refuses bad items by their number', () => {
    const { reviews, rejected } = parseJson(
      JSON.stringify([
        { text: 5, label: 0 },
        null,
        ['a', 1],
        { text: 'ok', label: 0 },
        { text: 'x' },
      ]),
    );
    expect(reviews).toEqual([{ row: 3, text: 'ok', label: 0, split: undefined }]);
    expect(rejected).toEqual([
      { where: 'item 1', reason: 'the text is 5' },
      { where: 'item 2', reason: 'not an object' },
      { where: 'item 3', reason: 'not an object' },
      { where: 'item 5', reason: 'no key "sentiment" or "label", only text' },
    ]);
  });

  it('takes labels for what they are: true, 1.5 and null are none', () => {
    const items = [true, 1.5, null, [1], '01'].map((label) => ({ text: 'a', label }));
    expect(parseJson(JSON.stringify([{ text: 'a', label: 0 }, ...items])).rejected).toHaveLength(5);
  });

  it('refuses what is no array of usable objects', () => {
    expect(() => parseJson('{"text": "a"}')).toThrow('must be an array');
    expect(() => parseJson('[{]')).toThrow(/not valid JSON/);
    expect(() => parseJson('[]')).toThrow('no usable review (it is empty)');
    expect(() => parseJson('[{"label": 1}]')).toThrow('(item 1: no key "review" or "text"');
  });
});

describe('JSON Lines', () => {
  it('reads a line at a time and refuses bad lines by their number', () => {
    const { reviews, rejected } = parseJsonLines(
      '{"text": "a", "label": "pos"}\r\n\n{"text": "b"\n[1]\n{"text": "c", "label": 0}',
    );
    expect(reviews.map(({ row, text }) => [row, text])).toEqual([
      [0, 'a'],
      [3, 'c'],
    ]);
    expect(rejected.map(({ where }) => where)).toEqual(['line 3', 'line 4']);
    expect(rejected[0]?.reason).toMatch(/^not valid JSON: /);
  });
});
