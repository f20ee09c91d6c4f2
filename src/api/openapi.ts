import { MAX_REVIEWS } from './predict-request.ts';
import { PROBLEM_TYPE } from './problem.ts';
import { BODY_LIMIT } from './read-json.ts';

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });

const object = (
  properties: Record<string, object>,
  required = Object.keys(properties),
): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

const count = (description: string): object => ({ type: 'integer', minimum: 0, description });

const MODEL = { type: 'string', description: 'Name of the model.' };

const VERDICT = {
  label: { enum: ['positive', 'negative'] },
  probability: {
    type: 'number',
    minimum: 0,
    maximum: 1,
    description: 'Probability that the review is positive. From 0.5 on, the label is “positive”.',
  },
  tokens_used: count('Tokens of the review that the model read.'),
  tokens_known: count('Of these, the ones in its vocabulary. With 0, the verdict is a guess.'),
  tokens_cut: count('Tokens that did not fit into its length.'),
  truncated: { type: 'boolean', description: 'Whether any token was cut.' },
  oov_words: {
    type: 'array',
    items: { type: 'string' },
    description: 'Tokens outside its vocabulary, each once, in their order.',
  },
};

const SCHEMAS = {
  PredictRequest: {
    oneOf: [
      object({ review: { type: 'string' }, model: MODEL }, ['review']),
      object(
        {
          reviews: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: MAX_REVIEWS },
          model: MODEL,
        },
        ['reviews'],
      ),
    ],
  },
  Prediction: object(VERDICT),
  One: object({ model: MODEL, ...VERDICT }),
  Many: object({ model: MODEL, predictions: { type: 'array', items: ref('Prediction') } }),
  Health: object({
    status: { const: 'ok' },
    version: { type: 'string' },
    backend: { type: 'string', description: 'What the models run on.' },
    models: { type: 'array', items: { type: 'string' } },
    default_model: { type: ['string', 'null'], description: 'The model asked when none is named.' },
  }),
  Problem: object({
    type: { const: 'about:blank' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string', description: 'What was wrong, for a person to read.' },
  }),
};

const PROBLEMS: Readonly<Record<number, string>> = {
  400: 'The request can’t be read: no HTTP, no URL, no JSON, no UTF-8.',
  404: 'There is no such model, or nothing at this address.',
  405: 'Another method is possible here; `Allow` names it.',
  408: 'The request took too long to arrive.',
  413: `The body has more than ${BODY_LIMIT} bytes.`,
  415: 'The body is not announced as application/json in UTF-8.',
  417: 'Something other than 100-continue was expected.',
  422: 'The JSON is not what the schema asks for, or a review has no word in it.',
  431: 'The headers are too large.',
  500: 'The server made a mistake.',
  503: 'There is no model, or too many reviews wait; `Retry-After` says how long.',
};

const json = (schema: object): object => ({ 'application/json': { schema } });

function responses(schema: object, problems: readonly number[]): object {
  return {
    200: { description: 'The answer.', content: json(schema) },
    ...Object.fromEntries(
      problems.map((status) => [
        status,
        {
          description: PROBLEMS[status],
          content: { [PROBLEM_TYPE]: { schema: ref('Problem') } },
        },
      ]),
    ),
  };
}

const predict = (operationId: string): object => ({
  post: {
    operationId,
    summary: 'What a model makes of one review or several',
    requestBody: { required: true, content: json(ref('PredictRequest')) },
    responses: responses({ oneOf: [ref('One'), ref('Many')] }, Object.keys(PROBLEMS).map(Number)),
  },
});

const read = (operationId: string, summary: string, schema: object): object => ({
  get: { operationId, summary, responses: responses(schema, [400, 405, 408, 417, 431, 500]) },
});

/** The OpenAPI 3.1 description of the server. */
export function openApi(version: string, base: string): object {
  return {
    openapi: '3.1.0',
    info: { title: 'Unrolled', version, description: 'Sentiment of film reviews.' },
    servers: [{ url: base }],
    paths: {
      '/predict': predict('predict'),
      '/api/predict': predict('predictUnderApi'),
      '/health': read('health', 'Whether the server is up, and what it has', ref('Health')),
      '/openapi.json': read('describe', 'This description', { type: 'object' }),
    },
    components: { schemas: SCHEMAS },
  };
}
