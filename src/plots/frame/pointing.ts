import type { Parts } from './parts.ts';
import type { Drawn, Mark, StepKey } from './types.ts';

const KEYS: ReadonlySet<string> = new Set<StepKey>([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

/** Room between a mark and its tooltip, in px. */
const GAP = 10;

/** Name of the event that tells linked plots where this one points. */
export const POINT_EVENT = 'plot-point';

/** Points at marks, with a pointer or with keys, and shows the tooltip. */
export class Pointing {
  readonly #parts: Parts;
  #drawn: Drawn | undefined;
  #group: number | undefined;
  /** The mark that is pointed at, or -1. */
  at = -1;

  constructor(parts: Parts, signal: AbortSignal) {
    this.#parts = parts;
    const { stage, inner } = parts;
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top } = inner.getBoundingClientRect();
      this.#show(this.#drawn?.nearest(clientX - left, clientY - top) ?? -1);
    };
    stage.addEventListener('pointermove', follow, { signal });
    stage.addEventListener('pointerdown', follow, { signal });
    stage.addEventListener(
      'pointerleave',
      // A finger leaves when it lifts: what it pointed at stays until it taps elsewhere.
      ({ pointerType }) => pointerType !== 'touch' && this.#show(-1),
      { signal },
    );
    stage.addEventListener('blur', () => this.#show(-1), { signal });
    stage.addEventListener('keydown', (event) => this.#key(event), { signal });
  }

  /** Takes over a new drawing; what was pointed at stays so. */
  take(drawn: Drawn): void {
    this.#drawn = drawn;
    if (this.at >= drawn.count) this.#show(-1);
    else if (this.at >= 0) this.#place(drawn.mark(this.at));
    this.guide(this.#group);
  }

  /** Shows where another plot points. */
  guide(group: number | undefined): void {
    this.#group = group;
    const box = group === undefined ? undefined : this.#drawn?.guide?.(group);
    const { guide } = this.#parts;
    guide.hidden = box === undefined;
    guide.classList.toggle('is-line', box?.width === 0);
    if (box) moveTo(guide, box);
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.#show(-1);
    if (!KEYS.has(event.key) || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)
      return;
    event.preventDefault();
    this.#show(this.#drawn?.step(this.at, event.key as StepKey) ?? -1);
    if (this.at < 0) return;
    const mark = this.#drawn!.mark(this.at);
    this.#parts.spoken.textContent = mark.text.join(', ');
    this.#scrollTo(mark);
  }

  #show(index: number): void {
    if (index === this.at) return;
    this.at = index;
    const { tip, cursor, element } = this.#parts;
    const mark = index < 0 ? undefined : this.#drawn?.mark(index);
    tip.hidden = cursor.hidden = mark === undefined;
    if (mark) this.#place(mark);
    this.guide(mark?.group);
    element.dispatchEvent(new CustomEvent(POINT_EVENT, { detail: mark?.group }));
  }

  #place(mark: Mark): void {
    const { tip, cursor, inner, stage } = this.#parts;
    const { x, y, width = 0, height = 0 } = mark;
    cursor.classList.toggle('is-dot', mark.width === undefined);
    moveTo(cursor, { x, y, width, height });
    const [head = '', ...lines] = mark.text;
    const strong = document.createElement('strong');
    strong.textContent = head;
    tip.replaceChildren(strong, ...lines.map((line) => lineOf(line)));
    const left = stage.scrollLeft;
    const right = left + stage.clientWidth - tip.offsetWidth;
    const above = y - tip.offsetHeight - GAP;
    const below = Math.min(y + height + GAP, Math.max(0, inner.offsetHeight + GAP));
    tip.style.left = `${Math.max(left, Math.min(right, x + width / 2 - tip.offsetWidth / 2))}px`;
    tip.style.top = `${above >= -GAP ? above : below}px`;
  }

  /** Keeps the mark in sight where the stage scrolls. */
  #scrollTo({ x, width = 0 }: Mark): void {
    const { stage } = this.#parts;
    if (x < stage.scrollLeft) stage.scrollLeft = x - GAP;
    const end = x + width + GAP - stage.clientWidth;
    if (end > stage.scrollLeft) stage.scrollLeft = end;
  }
}

function moveTo(
  { style }: HTMLElement,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
): void {
  style.transform = `translate(${x}px, ${y}px)`;
  style.width = `${width}px`;
  style.height = `${height}px`;
}

function lineOf(text: string): HTMLElement {
  const line = document.createElement('span');
  line.textContent = text;
  return line;
}
