import { describe, expect, it } from 'vitest';
import { checkLesson } from '../../../scripts/cells/check-types.ts';
import { apiDocs } from '../../../src/notebook/editor/api-docs.ts';
import { scope } from '../../../src/notebook/library/scope.ts';
import { ROOT } from '../../architecture/lint.ts';

const names = Object.keys(scope);
const LESSON = 'src/lessons/read-the-data';

const faultsOf = (sources: Record<string, string>) =>
  checkLesson(
    ROOT,
    LESSON,
    Object.entries(sources).map(([name, source]) => ({ name, path: `${name}.ts`, source })),
    names,
  ).map(({ path, line, message }) => `${path}:${line} ${message}`);

describe('the types of cells', () => {
  it('cross files: promises are waited for, iterators and controls give their values', () => {
    const faults = faultsOf({
      reads: 'const share: number = progress.step / size;\nreview.text.length;',
      defines:
        'const review = imdb.get(3);\nconst model = tf.sequential();\nconst progress = train(model);\nconst size = view(Inputs.range([1, 5]));',
    });
    expect(faults).toEqual([]);
  });

  it('are wrong at their own file and line', () => {
    expect(
      faultsOf({
        reads: '// a comment\n\nconst length: string = words.length;',
        defines: "const words = ['a'];\nunheard;",
      }),
    ).toEqual([
      "defines.ts:2 Cannot find name 'unheard'.",
      "reads.ts:3 Type 'number' is not assignable to type 'string'.",
    ]);
  });
});

it('every name that cells find is explained in the editor, and no other', () => {
  const always = ['display', 'view', 'invalidation'];
  expect(Object.keys(apiDocs).toSorted()).toEqual([...names, ...always].toSorted());
});
