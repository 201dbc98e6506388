import { createMock, type HttpRequest, type MockOptions } from '../../../src/index.ts';

const JSON_BODY = {
  required: true,
  content: {
    'application/json': { schema: { $ref: '#/components/schemas/Thing' } },
    'application/x-www-form-urlencoded': { schema: { $ref: '#/components/schemas/Thing' } },
    'text/*': {},
  },
};

const THING = {
  type: 'object',
  properties: {
    id: { type: 'integer', readOnly: true },
    name: { type: 'string', minLength: 2 },
    count: { type: 'integer' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['id', 'name'],
  additionalProperties: false,
};

/** Of a contract that has no provider of its own. */
export function thingContract(parameters: readonly object[], path = '/things/{id}') {
  const responses = { 200: { description: 'Done.', content: { 'application/json': { example: {} } } } };
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } };
  return {
    openapi: '3.1.0',
    info: { title: 'Things', version: '1' },
    paths: {
      [path]: {
        parameters: parameters.some((parameter) => Reflect.get(parameter, 'in') === 'path') ? [] : [id],
        get: { operationId: 'read', parameters, responses },
        post: { operationId: 'write', requestBody: JSON_BODY, responses },
        put: { operationId: 'mend', requestBody: { content: JSON_BODY.content }, responses },
      },
    },
    components: { schemas: { Thing: THING } },
  };
}

export function thingMock(parameters: readonly object[] = [], options: MockOptions = {}) {
  return createMock({ ...options, contract: thingContract(parameters) });
}

/** A request for thing 1, without parameters. */
export function thing(changes: Partial<HttpRequest> = {}): HttpRequest {
  return { method: 'GET', path: '/things/1', query: '', headers: {}, body: null, ...changes };
}

/** What the journal has against a request. */
export function findingsOf(parameters: readonly object[], changes: Partial<HttpRequest>) {
  const mock = thingMock(parameters);
  mock.answer(thing(changes));
  return mock.journal.entries[0]?.findings;
}
