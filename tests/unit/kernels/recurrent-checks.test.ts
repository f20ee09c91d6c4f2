import { describe, expect, it } from 'vitest';
import {
  checkBackward,
  checkForward,
  checkRows,
  KernelShapeError,
  type CellKind,
  type RecurrentAttrs,
} from '../../../src/core/kernels/spec/recurrent.ts';

const attrsOf = (cell: CellKind, resetAfter = false): RecurrentAttrs => ({
  cell,
  activation: 'tanh',
  recurrentActivation: 'sigmoid',
  resetAfter,
  goBackwards: false,
});

const of = (...shape: number[]) => ({ shape });
const lstm = attrsOf('LSTM');
const good = { projections: of(6, 16), recurrentKernel: of(4, 16), h0: of(2, 4), c0: of(2, 4) };
const backward = {
  ...good,
  dh: of(2, 3, 4),
  h: of(2, 3, 4),
  c: of(2, 3, 4),
  gates: of(2, 3, 16),
  inner: of(0),
};

describe('shapes of the forward kernel', () => {
  it('come down to sizes', () => {
    const sizes = { batch: 2, steps: 3, units: 4, width: 16, projectionRows: 6 };
    expect(checkForward(good, lstm)).toEqual(sizes);
    const byRow = { ...good, projections: of(9, 16), rows: of(2, 5) };
    expect(checkForward(byRow, lstm)).toEqual({ ...sizes, steps: 5, projectionRows: 9 });
  });

  const recurrentBias = of(12);
  const gru = { projections: of(6, 12), recurrentKernel: of(4, 12), h0: of(2, 4) };
  it.each<[string, Parameters<typeof checkForward>[0], RecurrentAttrs, string]>([
    ['no units', { ...good, recurrentKernel: of(0, 0) }, lstm, 'units is 0, must be at least 1'],
    ['no batch', { ...good, h0: of(0, 4) }, lstm, 'batch is 0, must be at least 1'],
    ['no timesteps', { ...good, rows: of(2, 0) }, lstm, 'steps is 0, must be at least 1'],
    ['no rows', { ...good, projections: of(0, 16), rows: of(2, 3) }, lstm, 'projectionRows is 0'],
    [
      'a batch that does not divide',
      { ...good, projections: of(7, 16) },
      lstm,
      '[7,16], must be [6,16]',
    ],
    ['too few gates', { ...good, projections: of(6, 12) }, lstm, '[6,12], must be [6,16]'],
    [
      'another recurrent kernel',
      { ...good, recurrentKernel: of(4, 12) },
      lstm,
      '[4,12], must be [4,16]',
    ],
    ['another first state', { ...good, h0: of(2, 5) }, lstm, 'h0 is [2,5], must be [2,4]'],
    ['LSTM without c0', { ...good, c0: undefined }, lstm, 'c0 is missing, must be [2,4]'],
    [
      'GRU with c0',
      { ...gru, c0: of(2, 4) },
      attrsOf('GRU'),
      'c0 is [2,4], but this cell takes none',
    ],
    ['a bias before the reset', { ...gru, recurrentBias }, attrsOf('GRU'), 'takes none'],
    [
      'no bias after the reset',
      gru,
      attrsOf('GRU', true),
      'recurrentBias is missing, must be [12]',
    ],
    ['another mask', { ...good, mask: of(3, 2) }, lstm, 'mask is [3,2], must be [2,3]'],
    [
      'other dropout',
      { ...good, recurrentDropout: of(4) },
      lstm,
      'recurrentDropout is [4], must be [2,4]',
    ],
    ['another batch of rows', { ...good, rows: of(3, 3) }, lstm, 'rows is [3,3], must be [2,3]'],
    ['an unknown cell', good, attrsOf('toString' as CellKind), 'cell is toString, must be one of'],
  ])('refuses %s', (_, inputs, attrs, message) => {
    expect(() => checkForward(inputs, attrs)).toThrow(KernelShapeError);
    expect(() => checkForward(inputs, attrs)).toThrow(message);
    expect(() => checkForward(inputs, attrs)).toThrow('RecurrentForward: ');
  });
});

describe('shapes of the backward kernel', () => {
  const attrs = { ...lstm, projectionRows: 6 };

  it('come down to sizes', () => {
    const sizes = { batch: 2, steps: 3, units: 4, width: 16, projectionRows: 6 };
    expect(checkBackward(backward, attrs)).toEqual(sizes);
    expect(checkBackward({ ...backward, dc: of(2, 3, 4) }, attrs)).toEqual(sizes);
  });

  it.each<[string, Parameters<typeof checkBackward>[0], number, string]>([
    ['rows that do not fit', backward, 7, 'projectionRows is 7, must be 6 (batch × timesteps)'],
    ['another dc', { ...backward, dc: of(2, 4) }, 6, 'dc is [2,4], must be [2,3,4]'],
    ['another h', { ...backward, h: of(2, 4, 4) }, 6, 'h is [2,4,4], must be [2,3,4]'],
    ['no cell states', { ...backward, c: of(0) }, 6, 'c is [0], must be [2,3,4]'],
    ['no gates', { ...backward, gates: of(0) }, 6, 'gates is [0], must be [2,3,16]'],
    ['an inner of LSTM', { ...backward, inner: of(2, 3, 4) }, 6, 'inner is [2,3,4], must be [0]'],
  ])('refuses %s', (_, inputs, projectionRows, message) => {
    const check = () => checkBackward(inputs, { ...lstm, projectionRows });
    expect(check).toThrow(KernelShapeError);
    expect(check).toThrow(message);
  });
});

describe('rows', () => {
  it('may be any that exist', () => {
    expect(() => checkRows('Kernel', Int32Array.of(0, 2, 1), 3)).not.toThrow();
  });

  it.each([3, -1])('names %i and its place', (row) => {
    const check = () => checkRows('Kernel', Int32Array.of(0, row), 3);
    expect(check).toThrow(KernelShapeError);
    expect(check).toThrow(`Kernel: rows has ${row} at index 1, must be from 0 to 2`);
  });
});
