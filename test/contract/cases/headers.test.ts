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
