import { describe, expect, it } from 'vitest';
import { heatMapOf, orderOf, traceOf } from '../../../src/components/inspect/layer-view.ts';
import { fromAddress, START_VIEW, toAddress } from '../../../src/components/inspect/permalink.ts';
import type { Linked } from '../../../src/components/inspect/permalink.ts';
import type { LayerInspection } from '../../../src/core/inspect/inspect-review.ts';

const SHIPPED = [
  { name: 'lstm', title: 'LSTM' },
  { name: 'gru', title: 'GRU' },
];

function again(linked: Linked) {
  const url = new URL(toAddress(linked), 'http://site.test/inspect/');
  const { problems, ...read } = fromAddress(url, SHIPPED);
  expect(problems).toEqual([]);
  return read;
}

describe('a link to the inspector', () => {
  it('opens what it was made of', () => {
    const row: Linked = {
      model: 'lstm',
      compared: 'gru',
      source: { kind: 'row', row: 13_969 },
      view: { layer: 'forward_x', quantity: 'f', order: 'similar', unit: 11 },
    };
    expect(again(row)).toEqual(row);
    const text: Linked = {
      model: 'kept:my model & more',
      compared: '',
      source: { kind: 'text', text: 'Not “good”\n& #1 = bad' },
      view: START_VIEW,
    };
    expect(again(text)).toEqual(text);
  });

  it('keeps a reader’s own text behind the #, and a long one to itself', () => {
    const linked = (text: string): Linked => ({
      model: 'lstm',
      compared: '',
      source: { kind: 'text', text },
      view: START_VIEW,
    });
    expect(new URL(toAddress(linked('secret')), 'http://a.test').search).toBe('?model=lstm');
    expect(toAddress(linked('x'.repeat(4001)))).toBe('?model=lstm');
  });

  it('names what is wrong, and opens with the rest', () => {
    const query = 'model=here%408&compare=x&row=-1&show=toString&order=best&unit=0';
    const { problems, ...read } = fromAddress({ search: `?${query}`, hash: '' }, SHIPPED);
    expect(problems).toEqual([
      'row must be a whole number from 0 to 9999999, not "-1".',
      'show must be one of h, c, i, f, o, z, r, g, dh, not "toString".',
      'order must be one of own, similar, last, not "best".',
      'unit must be a whole number from 1 to 4096, not "0".',
      'A model that was trained on this page went with it: train one again.',
      'This site has no model "x".',
    ]);
    expect(read).toEqual({ model: '', compared: '', source: undefined, view: START_VIEW });
    expect(fromAddress({ search: '', hash: '#content' }, SHIPPED).problems).toEqual([]);
  });
});

describe('the heat map of a layer', () => {
  const layer: LayerInspection = {
    name: 'lstm',
    cell: 'LSTM',
    units: 3,
    backwards: false,
    adds: false,
    h: Float32Array.of(0.1, 0.2, 0.3, 0.4, -0.5, 0.6),
    c: Float32Array.of(1, 2, 3, 4, 5, 6),
    gates: [{ name: 'f', values: Float32Array.of(0, 0.5, 1, 1, 0.5, 0) }],
    gradient: new Float32Array(6),
    path: { points: new Float32Array(4), explained: [1, 0] },
    similar: { order: [2, 0, 1], cluster: [0, 1, 0] },
  };
  const review = {
    timesteps: [
      { text: 'good', id: 8, kind: 'word' },
      { text: '', id: 0, kind: 'pad' },
    ],
  } as const;

  it('shows the states of the model, in whatever order', () => {
    const order = orderOf(layer, 'h', 'similar');
    const map = heatMapOf(review, layer, 'h', order, 1);
    expect(map).toMatchObject({ steps: 2, units: 3, numbers: [3, 1, 2], marked: 2, most: 1 });
    expect(map.pad).toEqual([false, true]);
    for (let t = 0; t < 2; t++) {
      order.forEach((unit, row) => {
        expect(map.values[t * 3 + row]).toBe(layer.h[t * 3 + unit]);
      });
    }
    expect(heatMapOf(review, layer, 'c', [0, 1, 2], 0).most).toBeUndefined();
  });

  it('orders units by where they end', () => {
    expect(orderOf(layer, 'h', 'last')).toEqual([2, 0, 1]);
    expect(orderOf({ ...layer, backwards: true }, 'h', 'last')).toEqual([2, 1, 0]);
    expect(orderOf(layer, 'f', 'last')).toEqual([0, 1, 2]);
    expect(traceOf(layer, 'f', 1)).toEqual([0.5, 0.5]);
  });
});
