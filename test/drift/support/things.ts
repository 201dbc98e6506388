import { contractFile } from './live.ts';

export const THING = {
  type: 'object',
  required: ['id'],
  properties: {
    id: { type: 'integer' },
    note: { type: ['string', 'null'] },
    free: {},
    tags: { type: 'array', items: { type: 'object', properties: { label: { type: 'string' } } } },
    owners: {
      type: 'object',
      additionalProperties: { type: 'object', properties: { age: { type: 'integer' } } },
    },
  },
};
export const MOCKED = {
  id: 1,
  note: 'x',
  free: 1,
  tags: [{ label: 'a' }],
  owners: { 'nora@fernweh.example': { age: 1 } },
};
const ALLOW = { Allow: { schema: { type: 'string' }, example: 'GET, HEAD, OPTIONS' } };

/** A contract of one thing, in which a test changes what it is about. */
export function contractWith({
  schema = THING as object,
  example = MOCKED as object,
  security = [{ token: [] }] as readonly object[],
  headers = {} as object,
  parameters = [] as readonly object[],
} = {}) {
  return contractFile({
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://things.example/v1' }],
    security,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        user: { type: 'http', scheme: 'basic' },
        header: { type: 'apiKey', in: 'header', name: 'X-Key' },
        query: { type: 'apiKey', in: 'query', name: 'key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
        tls: { type: 'mutualTLS' },
      },
    },
    paths: {
      '/things/{id}': {
        get: {
          operationId: 'thing',
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 5 },
            ...parameters,
          ],
          responses: {
            200: {
              description: 'A thing.',
              headers: { ...ALLOW, ...headers },
              content: { 'application/json': { schema, example } },
            },
          },
        },
        head: {
          operationId: 'look',
          parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' }, example: 5 }],
          responses: { 200: { description: 'It is there.', headers: { ...ALLOW, ...headers } } },
        },
        delete: { operationId: 'remove', responses: { 204: { description: 'Gone.' } } },
      },
    },
  });
}

export const ONLY_THING = { operation: ['thing'] };
