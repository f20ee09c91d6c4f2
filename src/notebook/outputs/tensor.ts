import type { Tensor } from '@tensorflow/tfjs';
import { element } from './element.ts';

const MOST_ROWS = 32;
const MOST_COLUMNS = 64;
const MOST_NUMBERS = 12;
const SVG = 'http://www.w3.org/2000/svg';

/** Whether a value is a TensorFlow.js tensor, without asking TensorFlow.js. */
export function isTensor(value: unknown): value is Tensor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dataId' in value &&
    'dataSync' in value &&
    'rank' in value
  );
}

/** Shape, type, the first numbers and a heat map of the last two axes. */
export function showTensor(tensor: Tensor): HTMLElement {
  const { shape, dtype, size } = tensor;
  const head = element('p', 'nb-tensor-head');
  head.append(
    element('strong', '', 'Tensor'),
    ` shape [${shape.join(', ')}] · ${dtype} · ${size.toLocaleString('en')} ${size === 1 ? 'number' : 'numbers'}`,
  );
  const figure = element('div', 'nb-tensor', head);
  if (tensor.isDisposed) {
    figure.append(
      element('p', 'hint', 'Its memory has been given back: there is nothing to show.'),
    );
    return figure;
  }
  if (dtype === 'string' || dtype === 'complex64') return figure;
  const data = tensor.dataSync();
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  if (size > 1) figure.append(heatMap(data, rows, columns));
  figure.append(element('code', 'nb-numbers', firstNumbers(data)));
  return figure;
}

function firstNumbers(data: ArrayLike<number>): string {
  const shown = Array.from({ length: Math.min(MOST_NUMBERS, data.length) }, (_, i) =>
    format(data[i]!),
  );
  return shown.join('  ') + (data.length > MOST_NUMBERS ? '  …' : '');
}

function format(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const magnitude = Math.abs(value);
  return magnitude < 0.001 || magnitude >= 1e5 ? value.toExponential(2) : value.toFixed(3);
}

/** Positive numbers blue, negative ones orange; the largest magnitude has the full colour. */
function heatMap(data: ArrayLike<number>, rows: number, columns: number): HTMLElement {
  const [height, width] = [Math.min(rows, MOST_ROWS), Math.min(columns, MOST_COLUMNS)];
  const cells = Array.from({ length: height * width }, (_, i) => {
    return data[Math.floor(i / width) * columns + (i % width)]!;
  });
  const largest = Math.max(...cells.map((value) => Math.abs(value)).filter(Number.isFinite), 1e-12);
  const side = Math.max(6, Math.min(18, Math.floor(640 / width)));
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.setAttribute('width', String(width * side));
  svg.setAttribute('height', String(height * side));
  svg.setAttribute('role', 'img');
  svg.setAttribute('class', 'nb-heat-map');
  const part =
    height < rows || width < columns ? `The first ${height} × ${width} numbers` : 'Numbers';
  svg.setAttribute(
    'aria-label',
    `${part} as colours, from ${format(Math.min(...cells))} to ${format(Math.max(...cells))}`,
  );
  svg.append(
    ...cells.map((value, i) => {
      const cell = document.createElementNS(SVG, 'rect');
      cell.setAttribute('x', String(i % width));
      cell.setAttribute('y', String(Math.floor(i / width)));
      cell.setAttribute('width', '0.94');
      cell.setAttribute('height', '0.94');
      cell.setAttribute('class', value < 0 ? 'negative' : 'positive');
      const strength = Math.abs(value) / largest;
      cell.setAttribute('fill-opacity', Number.isFinite(strength) ? strength.toFixed(3) : '0');
      return cell;
    }),
  );
  const frame = element('div', 'nb-scroll', svg);
  frame.tabIndex = 0;
  frame.setAttribute('role', 'group');
  frame.setAttribute('aria-label', 'Heat map, scrolls sideways');
  return frame;
}
