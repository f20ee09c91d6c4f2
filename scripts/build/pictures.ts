import { glob, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import satori from 'satori';
import sharp from 'sharp';

const [WIDTH, HEIGHT, STRIP] = [1200, 630, 200];
const INK = {
  paper: '#fbfaf6',
  ink: '#1c2127',
  soft: '#545b64',
  positive: '#1a62a6',
  negative: '#b1470a',
};
const ICONS = [180, 512];

/** What a page says of itself. */
interface Card {
  readonly title: string;
  readonly description: string;
  /** File that its `og:image` names, below the site's folder. */
  readonly file: string;
}

/**
 * Draws the pictures that other sites show of a page, from the page's own title and the states of the
 * network on the landing page, and the icons, once the pages are built.
 */
export function pictures(): AstroIntegration {
  return {
    name: 'pictures',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        const folder = fileURLToPath(dir);
        const icon = await readFile(join(folder, 'favicon.svg'));
        for (const size of ICONS) {
          const drawn = sharp(icon, { density: (72 * size) / 32 }).resize(size, size);
          await drawn.png().toFile(join(folder, `icon-${size}.png`));
        }
        const strip = stripOf(await readFile(join(folder, 'index.html'), 'utf8'));
        const font = await readFile(
          new URL(
            import.meta
              .resolve('@fontsource/source-serif-4/files/source-serif-4-latin-600-normal.woff'),
          ),
        );
        let count = 0;
        for await (const page of glob('**/*.html', { cwd: folder })) {
          const card = cardOf(await readFile(join(folder, page), 'utf8'));
          if (!card) continue;
          const file = join(folder, card.file);
          await mkdir(dirname(file), { recursive: true });
          const text = Buffer.from(await satori(layout(card), options(font)));
          const layers = strip ? [{ input: strip, top: HEIGHT - STRIP, left: 0 }] : [];
          await sharp(text).composite(layers).png({ palette: true }).toFile(file);
          count++;
        }
        logger.info(`${count} pages have a picture`);
      },
    },
  };
}

/** @returns undefined for a page without a picture: without a site address none has one */
export function cardOf(html: string): Card | undefined {
  const read = (pattern: RegExp): string => unescape(pattern.exec(html)?.[1] ?? '');
  const image = read(/<meta property="og:image" content="([^"]+)"/);
  const file = /\/(social\/[\w.-]+\.png)$/.exec(image)?.[1];
  if (file === undefined) return undefined;
  return {
    title: read(/<h1[^>]*>([^<]+)</).trim(),
    description: read(/<meta name="description" content="([^"]*)"/),
    file,
  };
}

function unescape(html: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return html.replaceAll(/&(\w+|#39);/g, (whole, name: string) => entities[name] ?? whole);
}

/** The states on the landing page as a picture of their own, or undefined if it has none. */
function stripOf(html: string): Buffer | undefined {
  const [, box, cells] =
    /<svg class="states" viewBox="([^"]+)"[^>]*>(.*?)<\/svg>/s.exec(html) ?? [];
  if (box === undefined || cells === undefined) return undefined;
  const colored = cells
    .replaceAll('class="positive"', `stroke="${INK.positive}"`)
    .replaceAll('class="negative"', `stroke="${INK.negative}"`);
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${STRIP}" viewBox="${box}"` +
      ` preserveAspectRatio="none" fill="none" shape-rendering="crispEdges">${colored}</svg>`,
  );
}

function layout({ title, description }: Card) {
  const box = (style: object, children: unknown) => ({ type: 'div', props: { style, children } });
  return box(
    {
      display: 'flex',
      flexDirection: 'column',
      width: WIDTH,
      height: HEIGHT,
      padding: '56px 72px',
      background: INK.paper,
      color: INK.ink,
    },
    [
      box({ fontSize: 34 }, 'Unrolled'),
      box(
        {
          marginTop: 40,
          fontSize: title.length > 34 ? 64 : 80,
          lineHeight: 1.05,
          letterSpacing: -2,
        },
        title,
      ),
      box(
        {
          marginTop: 22,
          fontSize: 28,
          lineHeight: 1.35,
          color: INK.soft,
          lineClamp: 3,
          display: 'block',
        },
        description,
      ),
    ],
  );
}

const options = (font: Buffer) => ({
  width: WIDTH,
  height: HEIGHT,
  fonts: [{ name: 'Source Serif 4', data: font, weight: 600 as const, style: 'normal' as const }],
});
