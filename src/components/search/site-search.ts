import { openDialog } from '../dialog.ts';
import { define, LiveElement } from '../live-element.ts';
import type { SearchResults } from './search-results.ts';

/** Opens the search by its button, by "/" or by Control and K. */
class SiteSearch extends LiveElement {
  #results: Promise<SearchResults> | undefined;

  protected connect(signal: AbortSignal): void {
    const open = this.child<HTMLButtonElement>('open');
    const words = this.child<HTMLInputElement>('words');
    open.disabled = false;
    open.addEventListener('click', () => this.#open(), { signal });
    document.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    words.addEventListener('input', () => this.#search(words.value), { signal });
    this.child('dialog').addEventListener('keydown', (event) => this.#move(event), { signal });
    this.child('form').addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        this.querySelector<HTMLAnchorElement>('ol a')?.click();
      },
      { signal },
    );
    this.child('results').addEventListener('click', ({ target }) => {
      // A link to a place of this page leaves the dialog open otherwise.
      if (target instanceof HTMLAnchorElement) this.child<HTMLDialogElement>('dialog').close();
    });
  }

  #open(): void {
    openDialog(this.child<HTMLDialogElement>('dialog'));
    const words = this.child<HTMLInputElement>('words');
    words.select();
    this.#search(words.value);
  }

  #search(words: string): void {
    this.#results ??= import('./search-results.ts').then(
      ({ SearchResults: Results }) => new Results(this.child('results'), this.child('said')),
    );
    void this.#results.then((results) => results.show(words));
  }

  #onKey(event: KeyboardEvent): void {
    const { key, target } = event;
    const written =
      target instanceof HTMLElement &&
      (target.isContentEditable || target.matches('input, textarea, select'));
    const slash = key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !written;
    const chord = key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey;
    const editing = target instanceof HTMLElement && target.isContentEditable;
    if (event.defaultPrevented || !(slash || (chord && !editing))) return;
    event.preventDefault();
    // Focus goes back to where it was: to the button, if it was nowhere.
    if (document.activeElement === document.body) this.child('open').focus();
    this.#open();
  }

  /** The arrow keys lead from the field to the results and back, Escape out: the field would only empty. */
  #move(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.child<HTMLDialogElement>('dialog').close();
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    const stops = [this.child('words'), ...this.querySelectorAll<HTMLElement>('ol a')];
    const next = stops.indexOf(document.activeElement as HTMLElement) + by;
    stops[next]?.focus();
    event.preventDefault();
  }
}

define('site-search', SiteSearch);
