import { autocompletion, completeAnyWord } from '@codemirror/autocomplete';
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { localCompletionSource, scopeCompletionSource } from '@codemirror/lang-javascript';
import { hoverTooltip } from '@codemirror/view';
import type { Extension } from '@codemirror/state';
import { apiDocs, docFor } from './api-docs.ts';
import type { ApiDoc } from './api-docs.ts';

/** Completion of the notebook's names, of the cell's own, and of the browser's; docs on hover. */
export function apiHelp(): Extension {
  return [
    autocompletion({
      override: [
        completeApi,
        localCompletionSource,
        scopeCompletionSource(globalThis),
        completeAnyWord,
      ],
      activateOnTyping: true,
      icons: false,
    }),
    hoverTooltip((view, position) => {
      const word = view.state.wordAt(position);
      if (!word) return null;
      const line = view.state.doc.lineAt(position);
      const before = /[\w$]+\.$/.exec(line.text.slice(0, word.from - line.from))?.[0] ?? '';
      const doc = docFor(before + view.state.sliceDoc(word.from, word.to));
      if (!doc) return null;
      return { pos: word.from, end: word.to, above: true, create: () => ({ dom: describe(doc) }) };
    }),
  ];
}

function completeApi(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[\w$]+(?:\.[\w$]*)?/);
  if (!word || (word.from === word.to && !context.explicit)) return null;
  const dot = word.text.indexOf('.');
  if (dot === -1) return { from: word.from, options: optionsOf(apiDocs), validFor: /^[\w$]*$/ };
  const { members } = docFor(word.text.slice(0, dot)) ?? {};
  if (!members) return null;
  return { from: word.from + dot + 1, options: optionsOf(members), validFor: /^[\w$]*$/ };
}

function optionsOf(docs: Readonly<Record<string, ApiDoc>>): Completion[] {
  return Object.entries(docs).map(([label, doc]) => ({
    label,
    type: 'function',
    boost: 10,
    info: () => describe(doc),
  }));
}

function describe({ signature, text }: ApiDoc): HTMLElement {
  const box = document.createElement('div');
  box.className = 'nb-doc';
  const code = document.createElement('code');
  code.textContent = signature;
  const prose = document.createElement('p');
  prose.textContent = text;
  box.append(code, prose);
  return box;
}
