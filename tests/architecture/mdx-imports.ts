const FRONT_MATTER = '---';

/**
 * The ESM blocks of an MDX document as a script, every line at its place: a block starts with
 * `import` or `export` at the start of a line and ends with a blank one. Code samples aren't ESM.
 */
export function importLines(mdx: string): string {
  let fence: string | undefined;
  let inBlock = false;
  let afterBlank = true;
  return mdx
    .split(/\r?\n/)
    .map((line) => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (fence === undefined) fence = mark;
      else if (mark?.startsWith(fence) && line.trim() === mark) fence = undefined;
      const blank = line.trim() === '' || line === FRONT_MATTER;
      if (blank || fence !== undefined) inBlock = false;
      else if (afterBlank && /^(?:import|export)\b/.test(line)) inBlock = true;
      afterBlank = blank;
      return inBlock ? line : '';
    })
    .join('\n');
}
