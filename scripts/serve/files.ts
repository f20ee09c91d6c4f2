import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import sirv from 'sirv';

/** Their names hold a hash of what they contain, so a browser may keep them for good. */
const HASHED = /\/_astro\/|\/data\/[\w.-]+\.[0-9a-f]{8,}\.bin$/;
const FOR_GOOD = 'public, max-age=31536000, immutable';
/** Kept too, but asked about each time: the answer is mostly that nothing has changed. */
const ASK_AGAIN = 'no-cache';

/**
 * Serves the built files, as the packed copies that `precompress` made where a browser takes those.
 *
 * @param folder the static site
 * @param base path that it lies under, with a slash at both ends
 * @param pages answers what is no file
 */
export function serveFiles(folder: string, base: string, pages: RequestListener): RequestListener {
  const files = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) =>
      void response.setHeader('Cache-Control', HASHED.test(path) ? FOR_GOOD : ASK_AGAIN),
  });
  return (request, response) => {
    const { url = '' } = request;
    if (!url.startsWith(base)) return pages(request, response);
    request.url = url.slice(base.length - 1);
    ignoreBackwardRange(request);
    if (request.method === 'HEAD') answerAtOnce(response);
    files(request, response, () => {
      request.url = url;
      pages(request, response);
    });
  };
}

/** A range that ends before it begins is none (RFC 9110, 14.1.1); sirv would throw over it. */
function ignoreBackwardRange({ headers }: IncomingMessage): void {
  const [, first, last] = /^bytes=(\d+)-(\d+)/.exec(headers.range ?? '') ?? [];
  if (Number(last) < Number(first)) delete headers.range;
}

/**
 * The answer to HEAD is sent as soon as it is known. Otherwise it waits until the file has been read,
 * and is lost if what the client sends next makes the server hang up.
 */
function answerAtOnce(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    writeHead(...args);
    response.flushHeaders();
    return response;
  };
}
