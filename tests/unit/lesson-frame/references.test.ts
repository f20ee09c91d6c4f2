import { describe, expect, test } from 'vitest';
import {
  allDefinitions,
  definitionOf,
  sourceOf,
} from '../../../src/components/lesson/references.ts';
import bibliography from '../../../src/lessons/bibliography.json';
import glossary from '../../../src/lessons/glossary.json';

describe.each([
  ['bibliography', bibliography],
  ['glossary', glossary],
])('the %s', (_, table) => {
  test('is sorted by key', () => {
    const keys = Object.keys(table);
    expect(keys).toEqual(keys.toSorted());
  });

  test('has only what its entries need, without a full stop that the page adds', () => {
    const fields = new Set(['authors', 'year', 'title', 'where', 'url', 'name', 'text']);
    for (const [key, entry] of Object.entries(table)) {
      expect(key).toMatch(/^[a-z0-9-]+$/);
      for (const [field, value] of Object.entries(entry)) {
        expect(fields, `${key}: ${field}`).toContain(field);
        if (field === 'where' || field === 'title') expect(value, key).not.toMatch(/\.$/);
        if (field === 'text') expect(value, key).toMatch(/\.$/);
      }
    }
  });
});

test('a missing key is an error that names it and its file', () => {
  expect(() => sourceOf('nobody1900')).toThrow(/“nobody1900” in src\/lessons\/bibliography.json/);
  expect(() => definitionOf('toString')).toThrow(/“toString” in src\/lessons\/glossary.json/);
  expect(sourceOf('maas2011').year).toBe(2011);
});

test('terms are listed by name', () => {
  const names = allDefinitions().map(({ name }) => name.toLowerCase());
  expect(names).toHaveLength(Object.keys(glossary).length);
  expect(names.slice(0, 2)).toEqual(['accuracy', 'backpropagation through time']);
});
