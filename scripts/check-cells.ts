/** Checks the types of every lesson's cells; `npm run check:types` runs it. */
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { checkLesson } from './cells/check-types.ts';
import { scope } from '../src/notebook/library/scope.ts';

const root = join(import.meta.dirname, '..');
const lessons = Map.groupBy(
  globSync('src/lessons/*/cells/*.ts', { cwd: root }).toSorted(),
  (path) => dirname(dirname(path)),
);

let faults = 0;
for (const [lesson, paths] of lessons) {
  const cells = paths.map((path) => ({
    name: basename(path, '.ts'),
    path,
    source: readFileSync(join(root, path), 'utf8'),
  }));
  for (const { path, line, column, message } of checkLesson(
    root,
    lesson,
    cells,
    Object.keys(scope),
  )) {
    console.error(`${path}:${line}:${column} ${message}`);
    faults++;
  }
}
if (faults > 0) process.exitCode = 1;
else
  console.log(
    `The cells of ${lessons.size} ${lessons.size === 1 ? 'lesson' : 'lessons'} have sound types.`,
  );
