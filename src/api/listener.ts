import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { openApi } from './openapi.ts';
import type { Predictions } from './predictions.ts';
import { PROBLEM_TYPE, ProblemError } from './problem.ts';
import { readJson } from './read-json.ts';

export interface ListenerOptions {
  /** Sent with every response. */
  readonly headers: Readonly<Record<string, string>>;
  /** Path that everything lies under, with a slash at both ends. */
  readonly base: string;
  /** Of the site, for `/health` and the description. */
  readonly version: string;
  readonly predictions: Predictions;
  /** Answers what is no part of the API. */
  readonly pages: RequestListener;
  /** Hears of errors that are the server's own fault. */
  readonly onError: (error: unknown) => void;
}

interface Route {
  readonly methods: readonly string[];
  answer(request: IncomingMessage): object | Promise<object>;
}

const READ = ['GET', 'HEAD'];
/** `name`, `name:port`, an address in brackets. What else a Host can hold is no host. */
const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The server's front door: answers the API and hands the pages on. Whatever goes wrong ends in
 * problem details; nothing gets through that could make the pages' handler throw.
 */
export function createListener(options: ListenerOptions): RequestListener {
  const { headers, base, version, predictions, pages, onError } = options;
  const predict: Route = {
    methods: ['POST'],
    answer: async (request) => predictions.answer(await readJson(request)),
  };
  const routes = new Map<string, Route>([
    ['predict', predict],
    ['api/predict', predict],
    ['health', { methods: READ, answer: () => health(version, predictions) }],
    ['openapi.json', { methods: READ, answer: () => openApi(version, base) }],
  ]);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const name = path.startsWith(base) ? path.slice(base.length).replace(/\/$/, '') : undefined;
    const route = name === undefined ? undefined : routes.get(name);
    if (!route && (name === 'api' || name?.startsWith('api/'))) {
      throw new ProblemError(404, `There is nothing at ${path.slice(0, 200)}.`);
    }
    const methods = route?.methods ?? READ;
    if (!methods.includes(request.method!)) {
      const detail = `${request.method} is not possible here, only ${methods.join(' or ')}.`;
      throw new ProblemError(405, detail, { Allow: methods.join(', ') });
    }
    if (route) send(response, 200, 'application/json', await route.answer(request));
    else pages(request, response);
  }

  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    answer(request, response).catch((error: unknown) => {
      if (request.destroyed && !request.complete) return;
      if (!(error instanceof ProblemError)) onError(error);
      const problem =
        error instanceof ProblemError
          ? error
          : new ProblemError(500, 'The server made a mistake. It has been noted.');
      if (response.headersSent) return void response.destroy();
      send(response, problem.status, PROBLEM_TYPE, problem.details, problem.headers);
    });
  };
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': bytes.length,
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(bytes);
}

/**
 * The path that a request asks for. Afterwards `request.url` is a path too, also where a whole
 * address was sent (RFC 9112, section 3.2.2).
 *
 * @throws ProblemError 400 unless target and host make a URL
 */
function pathOf(request: IncomingMessage): string {
  const { url = '', headers, httpVersion } = request;
  const host = headers.host ?? (httpVersion === '1.0' ? 'localhost' : '');
  if (!HOST.test(host)) throw new ProblemError(400, 'The request has no usable Host.');
  try {
    const local = url.startsWith('/');
    const { protocol, pathname, search } = new URL(local ? `http://localhost${url}` : url);
    if (!protocol.startsWith('http')) throw new TypeError(protocol);
    request.url = pathname + search;
    return decodeURIComponent(pathname);
  } catch {
    throw new ProblemError(400, 'The request’s target is no URL.');
  }
}

function health(version: string, { engine, defaultModel }: Predictions): object {
  const { backend, models } = engine;
  return { status: 'ok', version, backend, models, default_model: defaultModel };
}
