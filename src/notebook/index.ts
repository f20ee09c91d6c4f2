/** The notebook of a lesson, as components see it. */
export type { Cell } from './cell.ts';
export type { Notice } from './notices.ts';
export { Notebook } from './notebook.ts';
export type { DiffLine } from './share/line-diff.ts';
export { diffLines } from './share/line-diff.ts';
