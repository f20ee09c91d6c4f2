import type { Margin } from '../frame/axes.ts';
import { toolButton } from '../frame/parts.ts';
import type { Box, Handle } from '../frame/types.ts';
import { clampRange, zoomRange } from './range.ts';
import type { Range } from './range.ts';
import type { HeatMapOptions } from './types.ts';

/** Fewest timesteps in view. */
const LEAST = 4;
/** Px a pointer must move before it brushes. */
const SLACK = 4;

/** Which timesteps of a heat map are in view and which are brushed. */
export class HeatMapView {
  readonly #margin: Margin;
  readonly #onBrush: ((range: Range | undefined) => void) | undefined;
  readonly #onPick: ((row: number, step: number) => void) | undefined;
  readonly #band = document.createElement('div');
  #handle: Handle | undefined;
  #steps = 0;
  #zoomed: Range | undefined;
  /** Timesteps, the last one included. */
  #brushed: Range | undefined;
  #anchor: number | undefined;

  constructor(margin: Margin, { onBrush, onPick }: Pick<HeatMapOptions, 'onBrush' | 'onPick'>) {
    this.#margin = margin;
    this.#onBrush = onBrush;
    this.#onPick = onPick;
    this.#band.className = 'plot-brush';
    this.#band.hidden = true;
  }

  connect(handle: Handle): void {
    this.#handle = handle;
    const { stage, tools, signal } = handle;
    stage.firstElementChild!.append(this.#band);
    tools.append(
      toolButton('Zoom in', '+', () => this.#zoom(0.5)),
      toolButton('Zoom out', '−', () => this.#zoom(2)),
      toolButton('Show all', 'All', () => this.#show(undefined)),
    );
    stage.addEventListener('keydown', (event) => this.#key(event), { signal });
    stage.addEventListener('pointerdown', (event) => this.#drag(event), { signal });
    stage.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        this.#zoom(event.deltaY > 0 ? 1.25 : 0.8, this.#stepAt(event.clientX));
      },
      { signal, passive: false },
    );
  }

  /** The timesteps to draw, end not included; places the brush over them. */
  fit(steps: number, box: Box): Range {
    this.#steps = steps;
    const range = this.#range;
    const brushed = this.#brushed;
    this.#band.hidden = brushed === undefined;
    if (brushed) {
      const at = (step: number): number =>
        box.x +
        (box.width * (Math.min(range[1], Math.max(range[0], step)) - range[0])) /
          Math.max(1, range[1] - range[0]);
      const { style } = this.#band;
      style.left = `${at(brushed[0])}px`;
      style.width = `${at(brushed[1] + 1) - at(brushed[0])}px`;
      style.top = `${box.y}px`;
      style.height = `${box.height}px`;
    }
    return range;
  }

  get #range(): Range {
    return this.#zoomed ? clampRange(this.#zoomed, this.#steps) : [0, this.#steps];
  }

  #show(range: Range | undefined): void {
    this.#zoomed = range;
    this.#handle?.redraw();
  }

  #zoom(factor: number, around = this.#pointedStep()): void {
    const next = zoomRange(this.#range, factor, around, this.#steps, LEAST);
    this.#show(next[1] - next[0] >= this.#steps ? undefined : next);
  }

  #brush(range: Range | undefined): void {
    this.#brushed = range;
    this.#handle?.redraw();
    this.#onBrush?.(range);
  }

  /** Tells of the cell that is pointed at. */
  #pick(): void {
    const index = this.#handle!.pointed();
    const [from, to] = this.#range;
    if (index >= 0) this.#onPick?.(Math.floor(index / (to - from)), from + (index % (to - from)));
  }

  #key(event: KeyboardEvent): void {
    const step = this.#pointedStep();
    if (event.key === '+' || event.key === '=') this.#zoom(0.5);
    else if (event.key === '-') this.#zoom(2);
    else if (event.key === '0') this.#show(undefined);
    else if (event.key === 'Escape') this.#brush(undefined);
    else if (event.key === 'Enter' && this.#brushed) {
      this.#show([this.#brushed[0], this.#brushed[1] + 1]);
    } else if (event.key === 'Enter') {
      this.#pick();
    } else if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) {
      const [from, to] = this.#brushed ?? [step, step];
      const moved = Math.max(
        from,
        Math.min(this.#steps - 1, to + (event.key === 'ArrowLeft' ? -1 : 1)),
      );
      this.#brush([from, moved]);
    } else return;
    event.preventDefault();
  }

  #drag(event: PointerEvent): void {
    if (event.button !== 0) return;
    const { stage, signal } = this.#handle!;
    const start = event.clientX;
    this.#anchor = this.#stepAt(start);
    const drag = new AbortController();
    const options = { signal: AbortSignal.any([signal, drag.signal]) };
    stage.setPointerCapture(event.pointerId);
    stage.addEventListener(
      'pointermove',
      (move) => {
        if (Math.abs(move.clientX - start) < SLACK) return;
        const [a, b] = [this.#anchor!, this.#stepAt(move.clientX)];
        this.#brush([Math.min(a, b), Math.max(a, b)]);
      },
      options,
    );
    const end = (up: PointerEvent): void => {
      drag.abort();
      if (Math.abs(up.clientX - start) >= SLACK) return;
      this.#brush(undefined);
      this.#pick();
    };
    stage.addEventListener('pointerup', end, options);
    stage.addEventListener('pointercancel', () => drag.abort(), options);
  }

  #stepAt(clientX: number): number {
    const { left, width } = this.#handle!.stage.firstElementChild!.getBoundingClientRect();
    const share =
      (clientX - left - this.#margin.left) / (width - this.#margin.left - this.#margin.right);
    const [from, to] = this.#range;
    return Math.min(to - 1, Math.max(from, from + Math.floor(share * (to - from))));
  }

  /** The timestep that is pointed at, or the middle of the view. */
  #pointedStep(): number {
    const [from, to] = this.#range;
    const index = this.#handle!.pointed();
    return index < 0 ? Math.floor((from + to) / 2) : from + (index % (to - from));
  }
}
