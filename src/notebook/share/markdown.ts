const SKIPPED = [
  'script, style, svg, canvas, input, [hidden], .visually-hidden, .katex-html',
  // A button that is a piece of a sentence stays.
  'button:not(set-state > button)',
].join();
const INLINE: Readonly<Record<string, string>> = {
  strong: '**',
  b: '**',
  em: '*',
  i: '*',
  cite: '*',
};
const BLOCKS =
  /^(?:p|h[1-6]|ul|ol|table|pre|blockquote|figure|section|div|fieldset|details|aside)$/;

/** The HTML of a lesson as Markdown. What only lives on the page, such as controls, is left out. */
export function toMarkdown(node: Node): string {
  return block(node)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function block(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return escape(node.textContent!.replace(/\s+/g, ' '));
  if (!(node instanceof Element)) return childrenOf(node);
  if (node.matches(SKIPPED)) return '';
  const name = node.localName;
  const tex = node.matches('.katex') && node.querySelector('annotation')?.textContent;
  if (tex) return node.closest('.katex-display') ? `\n\n$$\n${tex}\n$$\n\n` : `$${tex}$`;
  const mark = INLINE[name];
  if (mark) return wrap(childrenOf(node), mark);
  if (node.role === 'note') return ` (${childrenOf(node).trim()})`;
  if (name === 'code') return `\`${node.textContent}\``;
  if (name === 'br') return '  \n';
  if (name === 'a') return `[${childrenOf(node).trim()}](${(node as HTMLAnchorElement).href})`;
  if (name === 'pre') return `\n\n\`\`\`\n${node.textContent!.trimEnd()}\n\`\`\`\n\n`;
  if (/^h[1-6]$/.test(name)) return `\n\n${'#'.repeat(Number(name[1]))} ${childrenOf(node)}\n\n`;
  if (name === 'legend') return `\n\n**${childrenOf(node).trim()}**\n\n`;
  if (name === 'label') return `\n- ${childrenOf(node).trim()}`;
  if (name === 'summary') return `\n\n*${childrenOf(node).trim()}:*\n\n`;
  if (name === 'ul' || name === 'ol') return `\n\n${listItems(node)}\n\n`;
  if (name === 'table') return `\n\n${table(node as HTMLTableElement)}\n\n`;
  const inner = childrenOf(node);
  return BLOCKS.test(name) ? `\n\n${inner}\n\n` : inner;
}

const childrenOf = (node: Node): string => [...node.childNodes].map(block).join('');

const escape = (text: string): string => text.replace(/[\\`*_$<]/g, String.raw`\$&`);

/** Emphasis must touch its text: blanks go outside. */
function wrap(text: string, mark: string): string {
  const inner = text.trim();
  return inner === '' ? text : text.replace(inner, () => mark + inner + mark);
}

function listItems(list: Element): string {
  return [...list.children]
    .map((item, i) => {
      const bullet = list.localName === 'ol' ? `${i + 1}. ` : '- ';
      const text = toMarkdown(item).replaceAll('\n', `\n${' '.repeat(bullet.length)}`);
      return bullet + text;
    })
    .join('\n');
}

function table({ rows }: HTMLTableElement): string {
  const lines = [...rows]
    .filter((row) => !row.ariaHidden)
    .map((row) => [...row.cells].map((cell) => toMarkdown(cell).replaceAll('\n', ' ')));
  const [head = []] = lines;
  const rule = head.map(() => '---');
  return [head, rule, ...lines.slice(1)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
