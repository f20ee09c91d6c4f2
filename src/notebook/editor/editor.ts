/** The code editor, loaded when a reader first touches a cell. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentLess,
  indentMore,
} from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap } from '@codemirror/view';
import { apiHelp } from './completion.ts';
import { failedLine, markFailedLine } from './failed-line.ts';
import { theme } from './theme.ts';

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  /** What the field is called. */
  readonly label: string;
  onChange(text: string): void;
  onRun(): void;
  /** Escape. */
  onLeave(): void;
  /** Tab indents now, or moves on again. */
  onIndentMode(on: boolean): void;
}

/** An editor on the page. */
export class CodeEditor {
  readonly #view: EditorView;
  readonly #tabKeys = new Compartment();
  readonly #options: EditorOptions;
  #indenting = false;

  constructor(options: EditorOptions) {
    this.#options = options;
    const keys = Prec.highest(
      keymap.of([
        { key: 'Shift-Enter', run: () => (options.onRun(), true) },
        { key: 'Ctrl-m', mac: 'Shift-Alt-m', run: () => this.#setIndentMode(!this.#indenting) },
      ]),
    );
    // Below completion, whose Escape closes the list.
    const leave = keymap.of([{ key: 'Escape', run: () => this.#leave() }]);
    this.#view = new EditorView({
      parent: options.parent,
      state: EditorState.create({
        doc: options.text,
        extensions: [
          keys,
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          EditorState.tabSize.of(2),
          javascript({ typescript: true }),
          apiHelp(),
          failedLine,
          theme,
          this.#tabKeys.of([]),
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap]),
          leave,
          keymap.of(defaultKeymap),
          EditorView.contentAttributes.of({
            'aria-label': options.label,
            autocapitalize: 'off',
            autocorrect: 'off',
            spellcheck: 'false',
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) options.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  /** Replaces the text, unless it is the same. */
  setText(text: string): void {
    const { doc } = this.#view.state;
    if (doc.toString() === text) return;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }

  /** Marks the line, from 1, that failed; undefined for none. */
  markLine(line: number | undefined): void {
    this.#view.dispatch({ effects: markFailedLine.of(line) });
  }

  /** Puts the cursor into the text, at a point of the screen if one is given. */
  focus(at?: { readonly x: number; readonly y: number }): void {
    const position = at && this.#view.posAtCoords(at);
    if (position !== undefined && position !== null) {
      this.#view.dispatch({ selection: { anchor: position } });
    }
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }

  #leave(): boolean {
    this.#setIndentMode(false);
    this.#options.onLeave();
    return true;
  }

  #setIndentMode(on: boolean): boolean {
    if (on === this.#indenting) return true;
    this.#indenting = on;
    const keys = on ? [keymap.of([{ key: 'Tab', run: indentMore, shift: indentLess }])] : [];
    this.#view.dispatch({ effects: this.#tabKeys.reconfigure(keys) });
    this.#options.onIndentMode(on);
    return true;
  }
}
