import type { Cell } from './cell.ts';
import { readLesson, writeLesson } from './drafts.ts';

type Cells = ReadonlyMap<string, Cell>;

/** The cells that run now, by name. */
export function atWork(cells: Cells): string[] {
  return [...cells.values()]
    .filter(({ state }) => state.value === 'waiting' || state.value === 'running')
    .map(({ name }) => name);
}

/**
 * Keeps what the reader has changed, and which cells are running.
 *
 * @throws StorageRefusedError
 */
export async function keep(lesson: string, cells: Cells): Promise<void> {
  const drafts = new Map<string, string>();
  const replaced = new Map<string, string>();
  for (const [name, cell] of cells) {
    if (cell.edited.value) drafts.set(name, cell.text.value);
    if (cell.replaced.value !== undefined) replaced.set(name, cell.replaced.value);
  }
  await writeLesson(lesson, {
    drafts: Object.fromEntries(drafts),
    replaced: Object.fromEntries(replaced),
    running: atWork(cells),
  });
}

/**
 * Gives the cells what was kept.
 *
 * @returns the cells that were running when the page was last closed
 * @throws StorageRefusedError
 */
export async function bringBack(lesson: string, cells: Cells): Promise<readonly string[]> {
  const { drafts, replaced, running } = await readLesson(lesson);
  for (const [name, cell] of cells) {
    cell.text.value = drafts[name] ?? cell.original;
    cell.replaced.value = replaced[name];
  }
  return running;
}
