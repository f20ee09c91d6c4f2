/**
 * What a mark stands for, until the whole lesson is rendered: the number of a figure where it stands
 * (`figure`) or where a text speaks of it (`figure-of`), the number of a source, a glossary term, or
 * a control that a text sets.
 */
export type MarkKind = 'figure' | 'figure-of' | 'source' | 'term' | 'control';

// Characters of the private use area: no text has them, and HTML does not escape them.
const [OPEN, CLOSE] = ['\uE000', '\uE001'];
const MARK = new RegExp(`${OPEN}([a-z-]+):([^${CLOSE}]+)${CLOSE}`, 'g');

/** What was numbered in a lesson, each in the order in which it appears first. */
export interface Numbered {
  readonly html: string;
  readonly figures: readonly string[];
  readonly sources: readonly string[];
  readonly terms: readonly string[];
}

/** A mark to place in the HTML of a lesson. Its number, or nothing, takes its place at the end. */
export const mark = (kind: MarkKind, id: string): string => `${OPEN}${kind}:${id}${CLOSE}`;

/**
 * Puts numbers in the place of marks, in the order of the lesson, however its parts were rendered.
 *
 * @throws Error naming a figure that stands twice, or a figure or control that is not there
 */
export function fillMarks(html: string): Numbered {
  const found = { figure: [], source: [], term: [] } as Record<string, string[]>;
  const marks = [...html.matchAll(MARK)].map(([, kind, id]) => ({ kind: kind!, id: id! }));
  for (const { kind, id } of marks) {
    const seen = found[kind];
    if (kind === 'figure' && seen!.includes(id)) {
      throw new Error(`Two figures of this lesson have the id “${id}”.`);
    }
    if (seen && !seen.includes(id)) seen.push(id);
  }
  const { figure: figures = [], source: sources = [], term: terms = [] } = found;
  for (const { kind, id } of marks) {
    if (kind === 'figure-of' && !figures.includes(id)) {
      throw new Error(`No figure of this lesson has the id “${id}”. There are: ${list(figures)}.`);
    }
    if (kind === 'control' && !html.includes(` id="${id}"`) && !html.includes(` name="${id}"`)) {
      throw new Error(`A link of this lesson sets “${id}”, and no control has that id or name.`);
    }
  }
  const filled = html.replace(MARK, (_, kind: MarkKind, id: string) => {
    if (kind === 'source') return String(sources.indexOf(id) + 1);
    return kind.startsWith('figure') ? String(figures.indexOf(id) + 1) : '';
  });
  return { html: filled, figures, sources, terms };
}

const list = (ids: readonly string[]): string => ids.join(', ') || 'none';
