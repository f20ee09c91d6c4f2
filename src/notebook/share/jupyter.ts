/** A piece of a lesson: its text as Markdown, or the code of a cell. */
export interface Piece {
  readonly kind: 'markdown' | 'code';
  readonly source: string;
}

/**
 * A Jupyter notebook (nbformat 4.5) of a lesson's text and cells. It opens in Jupyter, in editors and
 * on code hosts; the cells are TypeScript, for the kernel that Deno brings.
 */
export function toJupyter(pieces: readonly Piece[]): string {
  const cells = pieces.map(({ kind, source }, i) => {
    const shared = { cell_type: kind, id: `cell-${i + 1}`, metadata: {}, source: linesOf(source) };
    return kind === 'code' ? { ...shared, execution_count: null, outputs: [] } : shared;
  });
  const metadata = {
    kernelspec: { display_name: 'Deno', language: 'typescript', name: 'deno' },
    language_info: {
      name: 'typescript',
      file_extension: '.ts',
      mimetype: 'text/x.typescript',
    },
  };
  return JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1);
}

/** The format keeps a text as its lines, each with its line break but for the last. */
const linesOf = (source: string): string[] => source.split(/(?<=\n)/);
