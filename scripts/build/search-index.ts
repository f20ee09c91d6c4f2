import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import * as pagefind from 'pagefind';

/** Pages that are found: lessons and tools, not the start and not the page for lost readers. */
const PAGES = '*/**/index.html';
/** What is no prose: drawings, tables, cells and controls, formulas as they look, reviews. */
const NO_PROSE =
  'svg table pre button select dialog .katex-html notebook-bar notebook-cell play-bar review-words';

/** Makes the index of the search from the pages, once they are built. */
export function searchIndex(): AstroIntegration {
  return {
    name: 'search-index',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const { index, errors } = await pagefind.createIndex({
          rootSelector: 'main',
          excludeSelectors: NO_PROSE.split(' '),
        });
        if (!index) throw new Error(`Pagefind made no index: ${errors.join(' ')}`);
        let pages = 0;
        for await (const sourcePath of glob(PAGES, { cwd: folder })) {
          const content = await readFile(join(folder, sourcePath), 'utf8');
          const added = await index.addHTMLFile({ sourcePath, content });
          if (added.errors.length > 0) throw new Error(`${sourcePath}: ${added.errors.join(' ')}`);
          pages++;
        }
        await index.writeFiles({ outputPath: join(folder, 'pagefind') });
        await pagefind.close();
        logger.info(`${pages} pages can be searched`);
      },
    },
  };
}
