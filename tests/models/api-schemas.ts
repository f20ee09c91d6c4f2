import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject } from 'ajv';
import { openApi } from '../../src/api/openapi.ts';

interface Description {
  readonly paths: Record<string, Record<string, Operation>>;
}

interface Operation {
  readonly responses: Record<string, { content: Record<string, unknown> }>;
}

const DESCRIPTION = 'openapi.json';
const ajv = new Ajv2020({ strict: false, allErrors: true });
const description = openApi('0.0.0', '/') as Description;
ajv.addSchema(description, DESCRIPTION);

const escape = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));

/** A response, as far as the description speaks of it. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/**
 * What the OpenAPI description has against a response; undefined if nothing.
 *
 * @param path of the description, or any other: then the response must be a problem
 */
export function objection(method: string, path: string, answer: Answer): string | undefined {
  const { status, type, body } = answer;
  const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
  const operation = description.paths[path]?.[verb];
  // What is no operation ends in a problem, worded like all others.
  const pointer = operation
    ? ['paths', path, verb, 'responses', String(status), 'content', type, 'schema']
    : ['components', 'schemas', 'Problem'];
  if (operation && !operation.responses[status]?.content[type]) {
    return `${method} ${path} may not answer ${status} ${type}`;
  }
  const validate = ajv.getSchema(`${DESCRIPTION}#/${pointer.map(escape).join('/')}`);
  if (!validate) return `There is no schema at ${pointer.join('/')}`;
  if (validate(body)) return undefined;
  return ajv.errorsText(validate.errors as ErrorObject[]);
}
