import type { APIRoute } from 'astro';
import { sitePath } from '../base-path.ts';

/** Everything may be read; with a site address, the sitemap is named. */
export const GET: APIRoute = ({ site }) => {
  const sitemap = site && `Sitemap: ${new URL(sitePath('/sitemap-index.xml'), site).href}`;
  return new Response(
    ['User-agent: *', 'Allow: /', sitemap, ''].filter((line) => line !== undefined).join('\n'),
  );
};
