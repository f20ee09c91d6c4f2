import { polygonContains } from 'd3-polygon';
import { select } from 'd3-selection';
import { line } from 'd3-shape';
import { zoom, zoomIdentity } from 'd3-zoom';
import type { D3ZoomEvent, ZoomTransform } from 'd3-zoom';
import { toolButton } from '../frame/parts.ts';
import { layer } from '../frame/svg.ts';
import type { Handle, Root } from '../frame/types.ts';

type Place = [number, number];

const MOST_ZOOM = 40;

/** Pan, zoom and lasso of a scatter plot. */
export class ScatterView {
  transform: ZoomTransform = zoomIdentity;
  selected: ReadonlySet<number> = new Set();
  readonly #places: () => readonly (readonly [number, number])[];
  readonly #onSelect: ((indices: readonly number[]) => void) | undefined;
  #lasso: Place[] = [];
  #lassoing = false;

  constructor(
    places: () => readonly (readonly [number, number])[],
    onSelect: ((indices: readonly number[]) => void) | undefined,
  ) {
    this.#places = places;
    this.#onSelect = onSelect;
  }

  connect(handle: Handle): void {
    const { stage, tools, signal, redraw } = handle;
    const inner = stage.firstElementChild as HTMLElement;
    const zooming = zoom<HTMLElement, unknown>()
      .scaleExtent([1, MOST_ZOOM])
      // The wheel scrolls the page unless a key says that it should zoom; a finger too, until zoomed.
      .filter((event: Event) => {
        if (this.#lassoing) return false;
        if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey;
        const touches = 'touches' in event ? (event as TouchEvent).touches.length : 2;
        return touches > 1 || this.transform.k > 1;
      })
      .extent(() => [
        [0, 0],
        [inner.clientWidth, inner.clientHeight],
      ])
      .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
        this.transform = transform;
        stage.style.touchAction = transform.k > 1 ? 'none' : 'pan-y';
        redraw();
      });
    const target = select<HTMLElement, unknown>(inner);
    target.call(zooming).on('dblclick.zoom', null);
    stage.style.touchAction = 'pan-y';
    signal.addEventListener('abort', () => target.on('.zoom', null));

    const lasso = toolButton('Choose points with a lasso', 'Lasso', () => {
      this.#lassoing = !this.#lassoing;
      lasso.ariaPressed = String(this.#lassoing);
      stage.classList.toggle('is-lassoing', this.#lassoing);
      if (!this.#lassoing) this.#choose([], redraw);
    });
    lasso.ariaPressed = 'false';
    const by = (factor: number) => (): void => zooming.scaleBy(target, factor);
    const reset = (): void => zooming.transform(target, zoomIdentity);
    tools.append(
      lasso,
      toolButton('Zoom in', '+', by(1.6)),
      toolButton('Zoom out', '−', by(1 / 1.6)),
      toolButton('Show all', 'All', reset),
    );
    stage.addEventListener(
      'keydown',
      ({ key }) => {
        if (key === '+' || key === '=') by(1.6)();
        else if (key === '-') by(1 / 1.6)();
        else if (key === '0') reset();
        else if (key === 'Enter' && handle.pointed() >= 0) {
          const chosen = new Set(this.selected);
          if (!chosen.delete(handle.pointed())) chosen.add(handle.pointed());
          this.#choose([...chosen], redraw);
        } else if (key === 'Escape') this.#choose([], redraw);
      },
      { signal },
    );
    this.#listen(stage, inner, handle);
  }

  /** The lasso while it is drawn. */
  drawLasso(svg: Root): void {
    layer(svg, 'lasso')
      .selectAll('path')
      .data(this.#lasso.length > 1 ? [this.#lasso] : [])
      .join('path')
      .attr('d', (points) => `${line()(points) ?? ''}Z`);
  }

  #listen(stage: HTMLElement, inner: HTMLElement, { signal, redraw }: Handle): void {
    const at = ({ clientX, clientY }: PointerEvent): Place => {
      const { left, top } = inner.getBoundingClientRect();
      return [clientX - left, clientY - top];
    };
    let drawing = false;
    stage.addEventListener(
      'pointerdown',
      (event) => {
        if (!this.#lassoing) return;
        drawing = true;
        this.#lasso = [at(event)];
        stage.setPointerCapture(event.pointerId);
      },
      { signal },
    );
    stage.addEventListener(
      'pointermove',
      (event) => {
        if (!drawing) return;
        this.#lasso.push(at(event));
        redraw();
      },
      { signal },
    );
    const end = (): void => {
      if (!drawing) return;
      drawing = false;
      const ring = this.#lasso;
      this.#lasso = [];
      const inside = this.#places().flatMap((place, i) =>
        polygonContains(ring, [...place]) ? [i] : [],
      );
      this.#choose(inside, redraw);
    };
    stage.addEventListener('pointerup', end, { signal });
    stage.addEventListener('pointercancel', end, { signal });
  }

  #choose(indices: readonly number[], redraw: () => void): void {
    this.selected = new Set(indices);
    redraw();
    this.#onSelect?.(indices);
  }
}
