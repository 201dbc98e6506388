import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/json.ts';
import { ask, documentWith, OK_BODY, serve } from './serving.ts';

const withHeaders = (headers: JsonObject, status = 200) =>
  documentWith({
    '/a': { [status]: { description: 'd', headers, content: { 'application/json': { example: { a: 1 } } } } },
  });

describe('headers that say how a body is read are not sent', () => {
  it.each([
    ['Content-Encoding', 'gzip'],
    ['content-range', 'bytes 0-9/100'],
    ['Proxy-Connection', 'keep-alive'],
  ])('%s', async (name, example) => {
    const { headers, body } = await ask(serve(withHeaders({ [name]: { example } })), '/a');
    expect(headers.has(name)).toBe(false);
    expect(body).toBe(OK_BODY);
  });

  it('but Set-Cookie is', async () => {
    const { headers } = await ask(serve(withHeaders({ 'Set-Cookie': { example: 'a=1' } })), '/a');
    expect(headers.get('set-cookie')).toBe('a=1');
  });
});

describe('a header gets a value from its schema', () => {
  it.each<[string, string, JsonObject, number, string | null]>([
    ['that is required', 'X-Total', { required: true, schema: { type: 'integer', minimum: 7 } }, 200, '7'],
    ['that is not', 'X-Total', { schema: { type: 'integer', minimum: 7 } }, 200, null],
    [
      'a list',
      'X-Ids',
      { required: true, schema: { type: 'array', items: { const: 1 }, minItems: 2 } },
      200,
      '1,1',
    ],
    [
      'an object',
      'X-Range',
      {
        required: true,
        explode: true,
        schema: { type: 'object', required: ['a'], properties: { a: { const: 1 } } },
      },
      200,
      'a=1',
    ],
    [
      'Location of 201',
      'Location',
      { schema: { type: 'string', format: 'uri' } },
      201,
      'https://example.com/',
    ],
    [
      'Location of 302',
      'location',
      { schema: { type: 'string', format: 'uri' } },
      302,
      'https://example.com/',
    ],
    ['Location of 200', 'Location', { schema: { type: 'string', format: 'uri' } }, 200, null],
    ['instead of an example that breaks it', 'X-Total', { example: 'many', schema: { const: 3 } }, 200, '3'],
    [
      'but not of an example that is valid as text',
      'X-Total',
      { example: '5', schema: { type: 'integer' } },
      200,
      '5',
    ],
    ['but not where there is no valid value', 'X-Total', { example: 'many', schema: false }, 200, 'many'],
    [
      'but not where a value could not be sent',
      'X-Total',
      { required: true, schema: { const: '\u0100' } },
      200,
      null,
    ],
  ])('%s', async (_, name, header, status, value) => {
    const mock = serve(withHeaders({ [name]: header }, status));
    const { headers } = await ask(mock, '/a', { headers: { prefer: `code=${status}` } });
    expect(headers.get(name)).toBe(value);
  });

  it('of several examples, the first that is valid', async () => {
    const examples = { one: { value: 'x' }, two: { value: 2 } };
    const { headers } = await ask(serve(withHeaders({ A: { examples, schema: { type: 'integer' } } })), '/a');
    expect(headers.get('a')).toBe('2');
  });
});
