import { createServer, STATUS_CODES } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createListener } from './listener.ts';
import type { ListenerOptions } from './listener.ts';
import { PROBLEM_TYPE, ProblemError } from './problem.ts';

export interface Timeouts {
  /** Milliseconds for a request's headers, and for all of it. */
  readonly headers: number;
  readonly request: number;
  /** Between checks of the two. */
  readonly interval: number;
}

/** A review is small: who takes longer is not sending one. */
const TIMEOUTS: Timeouts = { headers: 10_000, request: 15_000, interval: 2_000 };
/** Milliseconds without a byte in either direction. */
const IDLE = 60_000;

/** What Node says of a connection that never became a request. */
const CLIENT_ERRORS: Readonly<Record<string, ProblemError>> = {
  ERR_HTTP_REQUEST_TIMEOUT: new ProblemError(408, 'The request took too long to arrive.'),
  HPE_HEADER_OVERFLOW: new ProblemError(431, 'The headers are too large.'),
};
const NO_HTTP = new ProblemError(400, 'This is no HTTP request.');

/** The server, not yet listening: the API and the pages, and no response without `headers`. */
export function createApiServer(options: ListenerOptions, timeouts = TIMEOUTS): Server {
  const listener = createListener(options);
  const answering = new WeakMap<Duplex, ServerResponse>();
  const server = createServer({
    headersTimeout: timeouts.headers,
    requestTimeout: timeouts.request,
    connectionsCheckingInterval: timeouts.interval,
    // Node's own refusal would have neither headers nor a body.
    requireHostHeader: false,
  });
  server.timeout = IDLE;
  server.on('request', (request, response) => {
    answering.set(request.socket, response);
    listener(request, response);
  });
  server.on('checkExpectation', (_, response: ServerResponse) => {
    const { status, details } = new ProblemError(417, 'Only 100-continue can be expected here.');
    const body = Buffer.from(JSON.stringify(details));
    response.writeHead(status, {
      ...options.headers,
      'Content-Type': PROBLEM_TYPE,
      'Content-Length': body.length,
    });
    response.end(body);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // Half a response can't become another one.
    if (answering.get(socket)?.headersSent && !answering.get(socket)?.writableFinished) {
      return void socket.destroy();
    }
    refuse(socket, CLIENT_ERRORS[error.code ?? ''] ?? NO_HTTP, options.headers);
  });
  server.on('connect', (_, socket) => {
    refuse(
      socket,
      new ProblemError(405, 'This is no proxy.', { Allow: 'GET, HEAD' }),
      options.headers,
    );
  });
  return server;
}

/** Answers on the bare connection, and closes it. */
function refuse(
  socket: Duplex,
  { status, details, headers }: ProblemError,
  always: Readonly<Record<string, string>>,
): void {
  if (!socket.writable) return void socket.destroy();
  const body = Buffer.from(JSON.stringify(details));
  const lines = Object.entries({
    ...always,
    ...headers,
    'Content-Type': PROBLEM_TYPE,
    'Content-Length': body.length,
    Connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () =>
    socket.destroy(),
  );
}
