import { rampIndex } from './ramp.ts';
import type { Ramp } from './ramp.ts';

/** Which columns and rows of a matrix are painted, and from which value to which colour. */
export interface CellsView {
  /** Row-major, a run of `rows` values for each column of the picture. */
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly from: number;
  readonly to: number;
  /** Share, 0 to 1, of the ramp that a value gets. */
  readonly share: (value: number) => number;
  /** Columns that stay empty. */
  readonly skip?: (column: number) => boolean;
}

/** Paints cells one pixel each, to be stretched. Keeps its canvas for the next time. */
export class CellsImage {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d')!;
  #pixels: ImageData | undefined;

  paint({ values, rows, from, to, share, skip }: CellsView, ramp: Ramp): HTMLCanvasElement {
    const columns = Math.max(1, to - from);
    const height = Math.max(1, rows);
    if (this.#pixels?.width !== columns || this.#pixels.height !== height) {
      this.#canvas.width = columns;
      this.#canvas.height = height;
      this.#pixels = this.#context.createImageData(columns, height);
    }
    const cells = new Uint32Array(this.#pixels.data.buffer);
    cells.fill(0);
    for (let column = 0; column < to - from; column++) {
      if (skip?.(from + column)) continue;
      const first = (from + column) * rows;
      for (let row = 0; row < rows; row++) {
        const index = rampIndex(share(values[first + row]!));
        if (index >= 0) cells[row * columns + column] = ramp[index]!;
      }
    }
    this.#context.putImageData(this.#pixels, 0, 0);
    return this.#canvas;
  }
}

/** Fills a box with the hatching that stands for padding. */
export function hatch(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  color: string,
): void {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.strokeStyle = color;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let at = x - height; at < x + width; at += 6) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}
