/** The notebook of a lesson, as components see it. */
export type { Cell } from './cell.ts';
export { Notebook } from './notebook.ts';
export { diffLines } from './share/line-diff.ts';
