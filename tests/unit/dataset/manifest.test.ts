import { describe, expect, it } from 'vitest';
import { ManifestError, parseManifest } from '../../../src/core/dataset/manifest.ts';
import { exampleManifest } from './example-manifest.ts';

/** The example with the value at a path ("shards.0.bytes") replaced, or removed if undefined. */
function changed(path: string, value: unknown): unknown {
  const copy = structuredClone(exampleManifest());
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((at: any, key) => at[key], copy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}

function paths(value: unknown, prefix = ''): string[] {
  if (typeof value !== 'object' || value === null) return [prefix];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    paths(child, prefix === '' ? key : `${prefix}.${key}`),
  );
  return prefix === '' ? inner : [prefix, ...inner];
}

describe('parseManifest', () => {
  it('gives back a valid manifest', () => {
    expect(parseManifest(structuredClone(exampleManifest()))).toEqual(exampleManifest());
  });

  it('ignores fields that it does not know', () => {
    expect(parseManifest(changed('news', 1))).toEqual(exampleManifest());
  });

  const required = paths(exampleManifest()).filter((path) => !/\.\d+$/.test(path));

  it.each(required.filter((path) => path !== 'source.input'))(
    'refuses a manifest without %s',
    (path) => {
      expect(() => parseManifest(changed(path, undefined))).toThrow(ManifestError);
    },
  );

  it.each(required)('refuses a wrong kind of value at %s', (path) => {
    expect(() => parseManifest(changed(path, -1))).toThrow(ManifestError);
  });

  it.each([
    ['version', 2, 'the manifest.version is 2; this reader knows version 1 only'],
    ['source.kind', 'film', 'source.kind is "film"'],
    ['shards.0.file', '../secret.bin', 'must be a plain file name'],
    ['shards.0.file', '.hidden', 'must be a plain file name'],
    ['texts.0.sha256', 'ABC', 'must be 64 lower-case hex digits'],
    ['reviews', 21, 'the reviews of all shards is 20, but should be 21'],
    ['shards.1.position', 11, 'shards[1].position is 11, but should be 12'],
    ['shards.1.counts.test', 7, 'shards[1].counts in all is 7, but should be 8'],
    ['counts.test.positive', 5, 'the test reviews of all shards is 10, but should be 11'],
    ['vocabulary.trainWords', 31, 'more than the size 30'],
    ['wire.starter', 1, 'wire.starter is 1, but should be 100'],
    ['wire.all', 1, 'wire.all is 1, but should be 220'],
    ['wire.texts', 1, 'wire.texts is 1, but should be 200'],
    ['vocabulary.bytes', 1.5, 'must be an integer from 0, not 1.5'],
  ])('says what is wrong with %s = %s', (path, value, message) => {
    expect(() => parseManifest(changed(path, value))).toThrow(message);
  });

  it('refuses other JSON', () => {
    for (const json of [null, 1, 'text', []]) {
      expect(() => parseManifest(json)).toThrow('the manifest must be an object');
    }
  });
});
