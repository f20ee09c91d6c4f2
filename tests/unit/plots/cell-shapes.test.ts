import { describe, expect, test } from 'vitest';
import { vectorsAt } from '../../../src/components/figures/vectors-at.ts';
import { GATES } from '../../../src/core/kernels/spec/recurrent-contract.ts';
import { CELL_SHAPES, NODE } from '../../../src/plots/cell-diagram/shapes.ts';
import type { CellName } from '../../../src/plots/cell-diagram/shapes.ts';

describe.each(Object.keys(CELL_SHAPES) as CellName[])('the diagram of %s', (cell) => {
  const { width, height, nodes, wires } = CELL_SHAPES[cell];

  test('lies inside its frame, and no nodes touch', () => {
    nodes.forEach((node, i) => {
      expect(Math.abs(node.x - width / 2)).toBeLessThanOrEqual(width / 2 - NODE.width / 2);
      expect(Math.abs(node.y - height / 2)).toBeLessThanOrEqual(height / 2 - NODE.height / 2);
      for (const other of nodes.slice(i + 1)) {
        const apart =
          Math.abs(node.x - other.x) >= NODE.width || Math.abs(node.y - other.y) >= NODE.height;
        expect(apart, `${node.key} and ${other.key}`).toBe(true);
      }
    });
  });

  test('has straight wires only, along one axis at a time', () => {
    for (const { points } of wires) {
      expect(points.length).toBeGreaterThan(1);
      points.slice(1).forEach(([x, y], i) => {
        const [beforeX, beforeY] = points[i]!;
        expect((x === beforeX) !== (y === beforeY), JSON.stringify(points)).toBe(true);
      });
    }
  });

  test('shows every vector that a reading has, each unit in its place', () => {
    const units = 2;
    const steps = 3;
    const count = (per: number): number[] => Array.from({ length: steps * per }, (_, i) => i);
    const gates = cell === 'SimpleRNN' ? [] : count(GATES[cell] * units);
    const c = cell === 'LSTM' ? count(units) : [];
    const reading = { cell, units, h: count(units), c, gates, vectors: count(4), logits: count(1) };
    const vectors = vectorsAt(reading, 1);
    expect(Object.keys(vectors).toSorted()).toEqual(nodes.map(({ key }) => key).toSorted());
    expect(vectors['h0']).toEqual([0, 1]);
    expect(vectors['h']).toEqual([2, 3]);
    if (cell === 'LSTM') expect(vectors['o']).toEqual([14, 15]);
    expect(vectorsAt(reading, 0)['h0'], 'before the first word').toEqual([0, 0]);
  });
});
