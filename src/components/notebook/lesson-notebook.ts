import { Notebook } from '../../notebook/index.ts';

/** The notebook of the lesson on this page. */
export const notebook = new Notebook(location.pathname.replace(/\/$/, ''));
