import fc from 'fast-check';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../src/notebook/share/line-diff.ts';
import { packState, unpackState } from '../../../src/notebook/share/permalink.ts';

const NAMES = ['tokenize', 'chart'];
const hashOf = (text: string): string => `#notebook=${deflateRawSync(text).toString('base64url')}`;

describe('a permalink', () => {
  const state = {
    cells: { tokenize: 'const übung = "🎬";\n'.repeat(40) },
    controls: { size: '3', on: true },
    views: { chart: [12, null, ['a']] },
  };

  it('gives back what it was made of, in fewer characters', async () => {
    const hash = await packState(state);
    expect(hash.length).toBeLessThan(state.cells.tokenize.length);
    expect(await unpackState(`#${hash}`, NAMES)).toEqual(state);
  });

  it('leaves other hashes alone', async () => {
    expect(await unpackState('#the-data', NAMES)).toBeUndefined();
    expect(await unpackState('', NAMES)).toBeUndefined();
  });

  it.each([
    ['cut off', async () => `#${(await packState(state)).slice(0, -20)}`, /damaged/],
    ['no base64', async () => '#notebook=%%%', /damaged/],
    ['no JSON', async () => hashOf('{'), /something else/],
    ['another version', async () => hashOf('{"version":2}'), /another version/],
    ['an array', async () => hashOf('[]'), /another version/],
    [
      'a cell of another lesson',
      async () => hashOf('{"version":1,"cells":{"x":"1"}}'),
      /named “x”/,
    ],
    [
      'code that is no text',
      async () => hashOf('{"version":1,"cells":{"chart":{}}}'),
      /wrong form/,
    ],
    ['no list of values', async () => hashOf('{"version":1,"views":{"chart":5}}'), /wrong form/],
    [
      'a prototype',
      async () => hashOf('{"version":1,"cells":{"__proto__":"1"}}'),
      /named “__proto__”/,
    ],
    ['a bomb', async () => hashOf(' '.repeat(5_000_000)), /more than a notebook/],
    ['a mile long', async () => `#notebook=${'A'.repeat(200_000)}`, /too long/],
  ])('that is or holds %s is refused', async (_, make, message) => {
    await expect(unpackState(await make(), NAMES)).rejects.toThrow(message);
  });

  it('that would be too long is not made', async () => {
    const noise = Array.from({ length: 60_000 }, (_, i) =>
      Math.imul(i, 2654435761).toString(36),
    ).join('');
    await expect(packState({ cells: { chart: noise }, controls: {}, views: {} })).rejects.toThrow(
      /too long for a link/,
    );
  });
});

describe('a comparison', () => {
  it('keeps the common lines', () => {
    expect(diffLines('a\nb\nc', 'a\nx\nc\nd').map(({ kind, text }) => `${kind[0]}${text}`)).toEqual(
      ['sa', 'rb', 'ax', 'sc', 'ad'],
    );
  });

  it('holds both texts, and no more changes than it must', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (a, b) => {
        const diff = diffLines(a.join('\n'), b.join('\n'));
        const textOf = (without: string) =>
          diff.filter(({ kind }) => kind !== without).map(({ text }) => text);
        expect(textOf('added')).toEqual(a);
        expect(textOf('removed')).toEqual(b);
        if (a.join() === b.join()) expect(diff.every(({ kind }) => kind === 'same')).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});
