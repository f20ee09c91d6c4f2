import { effect } from '@preact/signals-core';

/**
 * Base of the site's custom elements. The HTML is already on the page; an element brings it to life
 * when it is connected and lets go of everything when it is removed.
 */
export abstract class LiveElement extends HTMLElement {
  #connection: AbortController | undefined;

  connectedCallback(): void {
    this.#connection = new AbortController();
    this.connect(this.#connection.signal);
  }

  disconnectedCallback(): void {
    this.#connection?.abort();
  }

  /** Adds listeners (with `signal`) and watches. Called each time the element joins a page. */
  protected abstract connect(signal: AbortSignal): void;

  /** The descendant marked `data-part="name"`. */
  protected child<E extends Element = HTMLElement>(name: string): E {
    const found = this.querySelector<E>(`[data-part="${name}"]`);
    if (!found) throw new Error(`<${this.localName}> lacks its part "${name}".`);
    return found;
  }

  /**
   * Runs `render` now, and again in the next animation frame after a signal that it read changed:
   * once a frame, however often the signal changes.
   */
  protected watch(render: () => void): void {
    let frame = 0;
    let dispose = (): void => {};
    const run = (): void => {
      frame = 0;
      dispose();
      let rendered = false;
      dispose = effect(() => {
        if (rendered) {
          frame ||= requestAnimationFrame(run);
        } else {
          rendered = true;
          render();
        }
      });
    };
    run();
    this.#connection?.signal.addEventListener('abort', () => {
      cancelAnimationFrame(frame);
      dispose();
    });
  }
}

/** Registers an element unless a page script did so already. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
