import { expect, it } from 'vitest';
import { cellsBefore, cellsBehind, definedTwice } from '../../../src/notebook/graph.ts';

const cells = new Map([
  ['chart', { inputs: ['counts', 'Plot'], outputs: [] }],
  ['load', { inputs: ['imdb'], outputs: ['reviews'] }],
  ['count', { inputs: ['reviews', 'd3'], outputs: ['counts'] }],
  ['other', { inputs: [], outputs: ['x'] }],
]);

it('a cell’s needs come before it', () => {
  expect(cellsBefore(cells, 'chart')).toEqual(['load', 'count', 'chart']);
  expect(cellsBefore(cells, 'other')).toEqual(['other']);
});

it('cells that need each other do not go round for ever', () => {
  const ring = new Map([
    ['a', { inputs: ['y'], outputs: ['x'] }],
    ['b', { inputs: ['x'], outputs: ['y'] }],
  ]);
  expect(cellsBefore(ring, 'a')).toEqual(['b', 'a']);
  expect([...cellsBehind(ring, ['a'])]).toEqual(['a', 'b']);
});

it('a change reaches all that read from it, through others too', () => {
  expect([...cellsBehind(cells, ['load'])].toSorted()).toEqual(['chart', 'count', 'load']);
  expect([...cellsBehind(cells, [])]).toEqual([]);
});

it('a name that two cells define is found', () => {
  expect(definedTwice(cells)).toBeUndefined();
  const again = new Map([...cells, ['again', { inputs: [], outputs: ['counts'] }]]);
  expect(definedTwice(again)).toEqual({ output: 'counts', by: ['count', 'again'] });
});
