import { signal as state } from '@preact/signals-core';
import { define, LiveElement } from '../live-element.ts';
import { cutText, describeCut, describeToken, hueOf } from './cut-text.ts';
import type { CutText, Rules } from './cut-text.ts';

/** Cuts a text again whenever the reader changes it or the rules. */
class TokenRules extends LiveElement {
  readonly #cut = state<CutText>({ tokens: [], stretches: [], different: 0 });
  readonly #picked = state(0);

  protected connect(signal: AbortSignal): void {
    const texts = JSON.parse(this.child('texts').textContent) as string[];
    const pick = this.child<HTMLInputElement>('pick');
    const own = this.child<HTMLTextAreaElement>('own-text');
    own.value ||= texts.at(-1) ?? '';
    this.child<HTMLInputElement>('filters').disabled = pick.disabled = false;
    const cut = (): void => {
      const chosen = Number(this.#chosen('token-text'));
      this.child('own').hidden = chosen < texts.length - 1;
      const text = chosen < texts.length - 1 ? texts[chosen]! : own.value;
      this.#cut.value = cutText(text, this.#rules());
      this.#picked.value = 0;
    };
    this.addEventListener(
      'input',
      ({ target }) => {
        if (target === pick) this.#picked.value = pick.valueAsNumber;
        else cut();
      },
      { signal },
    );
    for (const part of ['text', 'ids']) {
      this.child(part).addEventListener(
        'pointerover',
        ({ target }) => {
          const token = (target as HTMLElement).dataset['token'];
          if (token !== undefined) this.#picked.value = Number(token);
        },
        { signal },
      );
    }
    cut();
    this.watch(() => this.#showCut());
    this.watch(() => this.#showPicked());
  }

  #rules(): Rules {
    return {
      cut: this.#chosen('token-cut') as Rules['cut'],
      lower: this.child<HTMLInputElement>('lower').checked,
      breaks: this.child<HTMLInputElement>('breaks').checked,
      // A line's end is no word: white space always parts them.
      filters: `${this.child<HTMLInputElement>('filters').value}\t\n`,
    };
  }

  #chosen(name: string): string {
    return this.querySelector<HTMLInputElement>(`[name="${name}"]:checked`)!.value;
  }

  #showCut(): void {
    const cut = this.#cut.value;
    const { tokens, stretches } = cut;
    const shown = (text: string, token: number): HTMLElement => {
      const span = document.createElement('span');
      span.className = 'token-span';
      span.dataset['token'] = String(token);
      span.style.setProperty('--hue', String(hueOf(tokens[token]!.id)));
      span.textContent = text;
      return span;
    };
    this.child('text').replaceChildren(
      ...stretches.map(({ text, token }) => (token === undefined ? text : shown(text, token))),
    );
    this.child('ids').replaceChildren(
      ...tokens.flatMap(({ id }, token) => [shown(String(id), token), ' ']),
    );
    this.child('summary').textContent = describeCut(cut);
    this.child<HTMLInputElement>('pick').max = String(Math.max(0, tokens.length - 1));
  }

  #showPicked(): void {
    const picked = this.#picked.value;
    const token = this.#cut.value.tokens[picked];
    for (const part of ['text', 'ids']) {
      this.child(part).querySelector('.picked')?.classList.remove('picked');
      this.child(part).querySelector(`[data-token="${picked}"]`)?.classList.add('picked');
    }
    const text = token ? describeToken(token) : 'No token is left.';
    const pick = this.child<HTMLInputElement>('pick');
    pick.value = String(picked);
    pick.ariaValueText = text;
    this.child('pick-text').textContent = text;
  }
}

define('token-rules', TokenRules);
