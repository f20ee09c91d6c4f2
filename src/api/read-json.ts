import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.ts';

/** Most bytes of a body: about fifty reviews of usual length. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Reads a JSON body. One that declares too much is refused before any of it is read, one that turns
 * out too long as soon as it does; the rest is thrown away as it comes.
 *
 * @throws ProblemError 413, 415 or 400
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (Number(request.headers['content-length']) > BODY_LIMIT) throw tooLarge();
  checkType(request);
  const chunks: Buffer[] = [];
  let bytes = 0;
  const body = request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > BODY_LIMIT) {
      request.resume();
      throw tooLarge();
    }
    chunks.push(chunk);
  }
  return parse(Buffer.concat(chunks));
}

function checkType({ headers }: IncomingMessage): void {
  const [type, ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';');
  const foreign = parameters.some((parameter) => !/^\s*(charset="?utf-8"?)?\s*$/.test(parameter));
  if (type?.trim() !== 'application/json' || foreign) {
    throw new ProblemError(415, 'Send the body as application/json, in UTF-8.', {
      Accept: 'application/json',
    });
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    const detail = 'Send the body as it is, without a Content-Encoding.';
    throw new ProblemError(415, detail, { 'Accept-Encoding': 'identity' });
  }
}

function parse(body: Buffer): unknown {
  if (body.length === 0) throw new ProblemError(400, 'The body is empty; send JSON.');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new ProblemError(400, 'The body is not UTF-8.');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new ProblemError(400, 'The body is not JSON.');
  }
}

function tooLarge(): ProblemError {
  return new ProblemError(413, `A body may have ${BODY_LIMIT} bytes; send the reviews in parts.`);
}
