import { define, LiveElement } from '../live-element.ts';

/** Milliseconds that a mouse must rest on a link, and may be away from it and its card. */
const REST = 150;
const AWAY = 250;
/** Pixels between the card, the link and the edge of the window. */
const GAP = 8;

/** Shows what a link with `data-card` describes itself by: on hover, focus and touch. */
class LessonCard extends LiveElement {
  #link: HTMLAnchorElement | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #touched = false;

  protected connect(signal: AbortSignal): void {
    const on = <K extends keyof DocumentEventMap>(
      type: K,
      handle: (event: DocumentEventMap[K]) => void,
      options: AddEventListenerOptions = {},
    ): void => document.addEventListener(type, handle, { ...options, signal });
    on('pointerdown', ({ pointerType }) => (this.#touched = pointerType !== 'mouse'));
    on('pointerover', (event) => event.pointerType === 'mouse' && this.#hover(event));
    on('focusin', ({ target }) => this.#focus(target as Element));
    on('click', (event) => this.#touch(event));
    on('scroll', () => this.hidePopover(), { passive: true });
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  #hover({ target, clientX, clientY }: PointerEvent): void {
    const link = linkAt(target as Element);
    const stays = this.contains(target as Node) || (link !== undefined && link === this.#link);
    clearTimeout(this.#timer);
    if (stays && this.#open) return;
    if (link) this.#timer = setTimeout(() => this.#show(link, clientX, clientY), REST);
    else if (this.#open) this.#timer = setTimeout(() => this.hidePopover(), AWAY);
  }

  #focus(target: Element): void {
    const link = linkAt(target);
    if (link?.matches(':focus-visible')) this.#show(link);
    else if (!link && !this.contains(target)) this.hidePopover();
  }

  /** Where nothing hovers, the first touch shows the card; the link inside it leads on. */
  #touch(event: MouseEvent): void {
    const link = linkAt(event.target as Element);
    if (!link || !this.#touched) return;
    event.preventDefault();
    this.#show(link, event.clientX, event.clientY);
  }

  get #open(): boolean {
    return this.matches(':popover-open');
  }

  #show(link: HTMLAnchorElement, x?: number, y?: number): void {
    const about = document.getElementById(link.dataset['card']!);
    if (!about) return;
    this.#link = link;
    this.replaceChildren(...[...about.childNodes].map((node) => node.cloneNode(true)));
    if (!this.#open) this.showPopover();
    // A link may run over two lines: the card belongs to the one that is pointed at.
    const lines = [...link.getClientRects()];
    const line =
      lines.find(
        ({ left, right, top, bottom }) =>
          x !== undefined && left <= x && x <= right && top <= y! && y! <= bottom,
      ) ?? lines[0]!;
    const { width, height } = this.getBoundingClientRect();
    const left = Math.min(line.left, innerWidth - width - 2 * GAP);
    const above = line.top - height - GAP;
    this.style.left = `${Math.max(2 * GAP, left)}px`;
    this.style.top = `${above > GAP ? above : line.bottom + GAP}px`;
  }
}

const linkAt = (target: Element): HTMLAnchorElement | undefined =>
  target.closest<HTMLAnchorElement>('a[data-card]') ?? undefined;

define('lesson-card', LessonCard);
