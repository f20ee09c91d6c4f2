import { line } from 'd3-shape';
import { divergingShades, shadeAt, shadesOf } from '../cells/shades.ts';
import { labels, layer } from '../frame/svg.ts';
import type { Root, Stage } from '../frame/types.ts';
import type { CellNode, CellShape, Wire } from './shapes.ts';

/** The vectors of one timestep, by the names that the cell's equations give them. */
export type CellVectors = Readonly<Record<string, ArrayLike<number> | undefined>>;

const STRIP = { width: 80, height: 14 };
/** More units than this a strip can't show apart: it shows the first ones. */
const MOST_UNITS = 40;
export function drawWires(svg: Root, wires: readonly Wire[]): void {
  const path = line();
  layer(svg, 'wires')
    .selectAll('path')
    .data(wires)
    .join('path')
    .attr('d', ({ points }) => path(points as [number, number][]));
  layer(svg, 'heads')
    .selectAll('path')
    .data(wires.filter(({ joins }) => !joins))
    .join('path')
    .attr('d', 'M1 0L-7 -3.5V3.5Z')
    .attr('transform', ({ points }) => {
      const [[fromX, fromY], [x, y]] = points.slice(-2) as [[number, number], [number, number]];
      const turn = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI;
      return `translate(${x} ${y}) rotate(${turn})`;
    });
}

export function drawJoints(svg: Root, { joints }: CellShape): void {
  const halfWidth = (sign: string): number => (sign.length > 2 ? 20 : 12);
  layer(svg, 'joints')
    .selectAll('rect')
    .data(joints)
    .join('rect')
    .attr('x', ({ x, sign }) => x - halfWidth(sign))
    .attr('y', ({ y }) => y - 12)
    .attr('width', ({ sign }) => 2 * halfWidth(sign))
    .attr('height', 24)
    .attr('rx', 12);
  labels(
    svg,
    'signs',
    joints.map(({ x, y, sign }) => ({ x, y: y + 5, text: sign, anchor: 'middle' })),
  );
}

export function drawStrips(stage: Stage, nodes: readonly CellNode[], vectors: CellVectors): void {
  const { svg } = stage;
  const signed = divergingShades(stage, 1);
  const cells = nodes.flatMap(({ key, x, y, color }) => {
    const values = Array.from(vectors[key] ?? []).slice(0, MOST_UNITS);
    const size = STRIP.width / values.length;
    const hue = color && key !== 'g' ? shadesOf(stage, color) : undefined;
    return values.map((value, u) => ({
      x: x - STRIP.width / 2 + u * size,
      y: y - STRIP.height / 2 + 1,
      size,
      // A gate opens from 0 to 1 in its own hue; what has a sign shows it.
      fill: hue ? shadeAt(hue, value) : signed(value),
    }));
  });
  layer(svg, 'units')
    .selectAll('rect')
    .data(cells)
    .join('rect')
    .attr('x', ({ x }) => x)
    .attr('y', ({ y }) => y)
    .attr('width', ({ size }) => size)
    .attr('height', STRIP.height)
    .attr('fill', ({ fill }) => fill);
  layer(svg, 'strips')
    .selectAll('rect')
    .data(nodes)
    .join('rect')
    .attr('x', ({ x }) => x - STRIP.width / 2)
    .attr('y', ({ y }) => y - STRIP.height / 2 + 1)
    .attr('width', STRIP.width)
    .attr('height', STRIP.height);
}
