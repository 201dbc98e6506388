import { describe, expect, it } from 'vitest';
import { ask, documentWith, response, serve } from './serving.ts';

const mockOf = (range: string) =>
  serve(documentWith({ '/a': { 200: response({ schema: { type: 'string' } }, range) } }));

describe('a range of media types is offered as what the client accepts of it', () => {
  it.each([
    ['image/*', 'image/png', 'image/png'],
    ['image/*', 'text/html, image/webp;q=0.5, image/png', 'image/png'],
    ['image/*', undefined, 'image/gif'],
    ['image/*', 'image/*', 'image/gif'],
    ['image/*', '*/*', 'image/gif'],
    ['text/*', 'text/html', 'text/html'],
    ['text/*', undefined, 'text/plain'],
    ['TEXT/*; charset=utf-8', '*/*', 'text/plain'],
    ['application/*', 'application/xml', 'application/xml'],
    ['application/*', undefined, 'application/json'],
    ['*/*', 'text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    ['*/*', undefined, 'application/json'],
  ])('%s asked for as %s is %s', async (range, accept, type) => {
    const asked = await ask(mockOf(range), '/a', accept === undefined ? {} : { headers: { accept } });
    expect([asked.status, asked.type]).toEqual([200, type]);
  });

  it.each([
    ['image/*', 'text/html'],
    ['text/*', 'image/*'],
    ['image/*', 'image/png;q=0'],
  ])('%s asked for as %s is refused', async (range, accept) => {
    expect((await ask(mockOf(range), '/a', { headers: { accept } })).status).toBe(406);
  });

  it('under a status that the document has as a range', async () => {
    const mock = serve(documentWith({ '/a': { '4XX': response({ schema: { type: 'string' } }, 'text/*') } }));
    const headers = { accept: 'text/html', prefer: 'code=418' };
    const { status, type } = await ask(mock, '/a', { headers });
    expect([status, type]).toEqual([418, 'text/html']);
  });
});
