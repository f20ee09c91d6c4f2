const files = import.meta.glob<string>('../../lessons/*/cells/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

const path = (lesson: string, name: string): string => `../../lessons/${lesson}/cells/${name}.ts`;

/** How many cells a lesson has. */
export function countCells(lesson: string): number {
  return Object.keys(files).filter((file) => file.startsWith(path(lesson, '').replace(/\.ts$/, '')))
    .length;
}

/**
 * The code of a lesson's cell.
 *
 * @throws Error naming the file that is missing
 */
export function cellSource(lesson: string, name: string): string {
  const source = files[path(lesson, name)];
  if (source === undefined) {
    throw new Error(`There is no cell src/lessons/${lesson}/cells/${name}.ts.`);
  }
  return source.trimEnd();
}
