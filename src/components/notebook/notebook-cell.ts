import { signal as state } from '@preact/signals-core';
import { diffLines } from '../../notebook/index.ts';
import type { Cell } from '../../notebook/index.ts';
import type { CodeEditor } from '../../notebook/editor/editor.ts';
import { define, LiveElement } from '../live-element.ts';
import { describeState } from './cell-state-text.ts';
import { notebook } from './lesson-notebook.ts';

/** One cell: its code becomes an editor at the first touch, and its output appears below. */
class NotebookCell extends LiveElement {
  readonly #indenting = state(false);
  #cell!: Cell;
  #still!: HTMLElement;
  /** The code with the colours that the page came with. */
  #original!: readonly Node[];
  #editor: Promise<CodeEditor> | undefined;

  protected connect(signal: AbortSignal): void {
    const code = this.child('code');
    this.#still = code.querySelector('pre')!;
    this.#original = [...this.#still.childNodes];
    this.#cell = notebook.add(this.dataset['name']!, this.#still.textContent);
    this.#cell.output = this.child('output');

    this.#still.removeAttribute('tabindex');
    code.tabIndex = 0;
    code.addEventListener('focusin', () => void this.#edit(), { signal });
    code.addEventListener('click', ({ clientX: x, clientY: y }) => void this.#focus({ x, y }), {
      signal,
    });
    code.addEventListener('keydown', (event) => this.#onKey(event), { signal });
    const onClick = (part: string, action: () => unknown): void =>
      this.child(part).addEventListener('click', () => void action(), { signal });
    onClick('run', () => this.run());
    onClick('stop', () => notebook.stop(this.#cell));
    onClick('reset', () => notebook.reset(this.#cell));
    onClick('restore', () => notebook.bringBackDraft(this.#cell));
    onClick('accept', () => this.run());
    onClick('dismiss', () => notebook.dismiss(this.#cell));

    this.watch(() => this.#showCode());
    this.watch(() => this.#showState());
    this.watch(() => this.#showFailure());
    this.watch(() => this.#showProposal());
    this.hidden = false;
    this.toggleAttribute('live', true);
  }

  run(): Promise<void> {
    return notebook.run(this.#cell);
  }

  /** Puts the editor in the place of the still code, once. */
  #edit(): Promise<CodeEditor> {
    return (this.#editor ??= this.#openEditor().catch((error: unknown) => {
      this.#editor = undefined;
      throw error;
    }));
  }

  async #openEditor(): Promise<CodeEditor> {
    const { CodeEditor: Editor } = await import('../../notebook/editor/editor.ts');
    const parent = this.child('editor');
    const editor = new Editor({
      parent,
      text: this.#cell.text.value,
      label: `Code of ${this.#cell.name}`,
      onChange: (text) => notebook.edit(this.#cell, text),
      onRun: () => void this.run(),
      onLeave: () => this.child('code').focus(),
      onIndentMode: (on) => (this.#indenting.value = on),
    });
    this.#still.hidden = true;
    parent.hidden = false;
    editor.markLine(this.#cell.failure.value?.line);
    return editor;
  }

  async #focus(at?: { readonly x: number; readonly y: number }): Promise<void> {
    if (this.child('editor').contains(document.activeElement)) return;
    const selected = String(getSelection());
    const editor = await this.#edit();
    // Who has just selected some of the code wants to copy it.
    if (selected === '') editor.focus(at);
  }

  #onKey(event: KeyboardEvent): void {
    const code = this.child('code');
    if (event.target !== code) return;
    const cells = [...document.querySelectorAll<NotebookCell>('notebook-cell')];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === 'Enter') void (event.shiftKey ? this.run() : this.#focus());
    else if (step) cells[cells.indexOf(this) + step]?.child('code').focus();
    else return;
    event.preventDefault();
  }

  #showCode(): void {
    const { text, edited } = this.#cell;
    const current = text.value;
    if (edited.value) this.#still.replaceChildren(current);
    else this.#still.replaceChildren(...this.#original);
    void this.#editor?.then((editor) => editor.setText(current));
  }

  #showState(): void {
    const { name, state: run, edited, replaced, proposal } = this.#cell;
    const stale = notebook.stale.value.has(name);
    const atWork = run.value === 'running' || run.value === 'waiting';
    this.dataset['state'] = stale && !atWork ? 'stale' : run.value;
    this.child('state').textContent = describeState(run.value, stale);
    this.child('edited').hidden = !edited.value;
    this.child('run').hidden = atWork || proposal.value !== undefined;
    this.child('stop').hidden = !atWork;
    this.child('reset').hidden = !edited.value;
    this.child('restore').hidden = replaced.value === undefined;
    this.child('indenting').hidden = !this.#indenting.value;
    this.child('output').ariaBusy = String(atWork);
  }

  #showFailure(): void {
    const failure = this.#cell.failure.value;
    const box = this.child('failure');
    box.hidden = failure === undefined;
    this.child('failure-line').textContent = failure?.line ? `Line ${failure.line}` : '';
    this.child('failure-text').textContent = failure?.message ?? '';
    void this.#editor?.then((editor) => editor.markLine(failure?.line));
  }

  #showProposal(): void {
    const { proposal, text } = this.#cell;
    const box = this.child('proposal');
    box.hidden = proposal.value === undefined;
    if (proposal.value === undefined) return;
    const signs = { same: ' ', removed: '−', added: '+' };
    const tags = { same: 'span', removed: 'del', added: 'ins' };
    this.child('diff').replaceChildren(
      ...diffLines(text.value, proposal.value).map(({ kind, text: line }) => {
        const shown = document.createElement(tags[kind]);
        shown.dataset['sign'] = signs[kind];
        shown.textContent = `${line}\n`;
        return shown;
      }),
    );
  }
}

define('notebook-cell', NotebookCell);
