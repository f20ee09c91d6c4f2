import { format } from 'd3-format';
import { CELL_SHAPES, NODE } from './cell-diagram/shapes.ts';
import type { CellName, CellNode, CellShape } from './cell-diagram/shapes.ts';
import { drawJoints, drawStrips, drawWires } from './cell-diagram/drawing.ts';
import type { CellVectors } from './cell-diagram/drawing.ts';
import { createPlot } from './frame/create-plot.ts';
import { stepByPlace } from './frame/steps.ts';
import { fitTexts, labels, layer } from './frame/svg.ts';
import type { Drawn, Plot, PlotOptions, Stage } from './frame/types.ts';

export type { CellVectors } from './cell-diagram/drawing.ts';

export interface CellData {
  readonly cell: CellName;
  readonly vectors: CellVectors;
  /** The word that is read. */
  readonly word?: string;
}

const show = format('+.2f');

/** A recurrent cell with the values that flow through it: a node is a vector, a cell of it a unit. */
export function cellDiagram(data: CellData, options: PlotOptions): Plot<CellData> {
  return createPlot(
    {
      name: 'cell',
      surface: 'svg',
      minWidth: 520,
      height: (width, { cell }) => {
        const shape = CELL_SHAPES[cell];
        return shape.height * fit(width, shape);
      },
      draw: drawCell,
      describe: ({ cell, vectors, word }) => {
        const nodes = CELL_SHAPES[cell].nodes.filter(({ key }) => vectors[key]);
        const means = nodes.map(({ key, title }) => `${title} ${show(mean(vectors[key]!))}`);
        const reading = word === undefined ? '' : ` reading “${word}”`;
        return `${cell} cell${reading}${means.length > 0 ? `; means: ${means.join(', ')}` : ''}`;
      },
      table: ({ cell, vectors }) => {
        const nodes = CELL_SHAPES[cell].nodes.filter(({ key }) => vectors[key]);
        const units = Math.max(0, ...nodes.map(({ key }) => vectors[key]!.length));
        return {
          header: ['Unit', ...nodes.map(({ title }) => title)],
          rows: Array.from({ length: units }, (_, u) => [
            String(u + 1),
            ...nodes.map(({ key }) => showOr(vectors[key]![u])),
          ]),
        };
      },
    },
    data,
    options,
  );
}

function drawCell(stage: Stage, { cell, vectors, word }: CellData): Drawn {
  const { svg, width } = stage;
  const shape = CELL_SHAPES[cell];
  const scale = fit(width, shape);
  const shift = (width - shape.width * scale) / 2;
  drawWires(svg, shape.wires);
  drawJoints(svg, shape);
  layer(svg, 'nodes')
    .selectAll('rect')
    .data(shape.nodes)
    .join('rect')
    .attr('x', ({ x }) => x - NODE.width / 2)
    .attr('y', ({ y }) => y - NODE.height / 2)
    .attr('width', NODE.width)
    .attr('height', NODE.height)
    .attr('rx', 6)
    .style('stroke', ({ color = 'var(--rule-strong)' }) => color);
  drawStrips(stage, shape.nodes, vectors);
  const titles = labels(
    svg,
    'titles',
    shape.nodes.map(({ key, title, x, y, color }) => ({
      x,
      y: y - 14,
      text: key === 'x' && word !== undefined ? `“${word}”` : title,
      anchor: 'middle',
      ...(color && { color }),
    })),
  );
  const formulas = labels(
    svg,
    'formulas',
    shape.nodes.map(({ formula, x, y }) => ({ x, y: y + 24, text: formula, anchor: 'middle' })),
  );
  for (const texts of [titles, formulas]) fitTexts(texts, NODE.width - 2 * NODE.padding);
  svg.selectAll(':scope > g').attr('transform', `translate(${shift} 0) scale(${scale})`);

  const places = shape.nodes.map(({ x, y }) => [x, y] as const);
  const boxOf = ({ x, y }: CellNode) => ({
    x: shift + scale * (x - NODE.width / 2),
    y: scale * (y - NODE.height / 2),
    width: scale * NODE.width,
    height: scale * NODE.height,
  });
  return {
    count: shape.nodes.length,
    mark(index) {
      const { key, title, formula } = shape.nodes[index]!;
      return {
        ...boxOf(shape.nodes[index]!),
        text: [title, formula, ...summary(vectors[key])],
      };
    },
    nearest: (px, py) =>
      shape.nodes.findIndex((node) => {
        const box = boxOf(node);
        return px >= box.x && px <= box.x + box.width && py >= box.y && py <= box.y + box.height;
      }),
    step: (from, key) => stepByPlace(places, from, key),
  };
}

const fit = (width: number, shape: CellShape): number => Math.min(1.25, width / shape.width);

const showOr = (value: number | undefined): string => (value === undefined ? '' : show(value));

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function summary(values: ArrayLike<number> | undefined): string[] {
  if (!values) return [];
  const list = Array.from(values);
  return [
    `mean ${show(mean(list))}`,
    `${list.length} units from ${show(Math.min(...list))} to ${show(Math.max(...list))}`,
  ];
}
