import { expect, test } from 'vitest';
import { toJupyter } from '../../../src/notebook/share/jupyter.ts';

test('a notebook of format 4.5: lines keep their breaks, only code has outputs', () => {
  const { cells, ...rest } = JSON.parse(
    toJupyter([
      { kind: 'markdown', source: '# One\n\ntwo' },
      { kind: 'code', source: 'const x = 1;\n' },
    ]),
  );
  expect(cells).toEqual([
    { cell_type: 'markdown', id: 'cell-1', metadata: {}, source: ['# One\n', '\n', 'two'] },
    {
      cell_type: 'code',
      id: 'cell-2',
      metadata: {},
      source: ['const x = 1;\n'],
      execution_count: null,
      outputs: [],
    },
  ]);
  expect(rest).toMatchObject({ nbformat: 4, nbformat_minor: 5 });
  expect(rest.metadata.kernelspec.language).toBe('typescript');
});
