import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';

/** Marks a line, from 1, as the one that failed; undefined marks none. */
export const markFailedLine = StateEffect.define<number | undefined>();

const mark = Decoration.line({ class: 'cm-failed-line' });

/** The line that the last run failed in, until the text is changed. */
export const failedLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marked, transaction) {
    let marks = transaction.docChanged ? Decoration.none : marked;
    for (const effect of transaction.effects) {
      if (!effect.is(markFailedLine)) continue;
      const { doc } = transaction.state;
      const line = effect.value;
      marks =
        line === undefined || line > doc.lines
          ? Decoration.none
          : Decoration.set(mark.range(doc.line(line).from));
    }
    return marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});
