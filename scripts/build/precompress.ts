import { glob, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { AstroIntegration } from 'astro';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** What shrinks. Data, fonts, pictures and the search's own files are packed already. */
const TEXT = '**/*.{html,js,css,json,svg,wasm,txt,xml,webmanifest}';
/** Smaller files would gain less than the header that says so. */
const LEAST_BYTES = 1024;
/** Brotli's last levels take ten times as long: large files get the one before. */
const LARGE_BYTES = 400_000;

/** Puts a brotli and a gzip copy beside every text file, once the site is built. */
export function precompress(): AstroIntegration {
  return {
    name: 'precompress',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        let [before, after] = [0, 0];
        for await (const name of glob(TEXT, { cwd: folder })) {
          const file = join(folder, name);
          const bytes = await readFile(file);
          if (bytes.length < LEAST_BYTES) continue;
          const quality = bytes.length > LARGE_BYTES ? 9 : 11;
          const small = await brotli(bytes, {
            params: {
              [constants.BROTLI_PARAM_QUALITY]: quality,
              [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
            },
          });
          before += bytes.length;
          after += small.length;
          await writeFile(`${file}.br`, small);
          await writeFile(`${file}.gz`, await zip(bytes, { level: 9 }));
        }
        logger.info(`${megabytes(before)} MB of text became ${megabytes(after)} MB`);
      },
    },
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
