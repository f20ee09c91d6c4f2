import { toJupyter } from '../../notebook/share/jupyter.ts';
import type { Piece } from '../../notebook/share/jupyter.ts';
import { toMarkdown } from '../../notebook/share/markdown.ts';
import { notebook } from './lesson-notebook.ts';

/** The lesson on this page, with the reader's code, as the text of a Jupyter notebook. */
export function exportLesson(article: Element): string {
  const head = [...article.querySelectorAll('header :is(h1, .lede)')].map(toMarkdown).join('\n\n');
  const address = location.origin + location.pathname;
  const pieces: Piece[] = [
    {
      kind: 'markdown',
      source:
        `${head}\n\nThis is the lesson <${address}>, with the code as you left it. There its cells run in ` +
        'the page and find `tf`, `d3`, `Plot`, `Inputs`, `imdb`, `train` and the like; elsewhere these ' +
        'names must be imported or written first. Figures that answer to you stand in the lesson.',
    },
  ];
  let prose = document.createElement('div');
  const flush = (): void => {
    const source = toMarkdown(prose);
    if (source !== '') pieces.push({ kind: 'markdown', source });
    prose = document.createElement('div');
  };
  for (const child of article.querySelector('.prose')!.children) {
    const cell = child.matches('notebook-cell')
      ? notebook.cells.get((child as HTMLElement).dataset['name']!)
      : undefined;
    if (cell) {
      flush();
      pieces.push({ kind: 'code', source: cell.text.value });
    } else {
      prose.append(withoutPictures(child));
    }
  }
  flush();
  return toJupyter(pieces);
}

/** Of a figure, what lives only on the page goes: left are its tables, and its caption with a link. */
function withoutPictures(child: Element): Node {
  const copy = child.cloneNode(true) as Element;
  const card = copy.matches('figure') ? copy.querySelector('.card') : undefined;
  card?.replaceWith(...card.querySelectorAll('table'));
  return copy;
}
