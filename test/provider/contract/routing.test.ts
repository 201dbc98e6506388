import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { MAX_HANDLERS } from '../../../src/adapters/msw.ts';
import { serve } from '../../server/support/server.ts';
import { JSON_TYPE, mockOf, PROBLEM_TYPE, response } from './by-contract.ts';

const named = (operationId: string) => ({
  get: { operationId, responses: { 200: response({ [JSON_TYPE]: operationId }) } },
});

const PATHS = {
  '/files/{name}': named('file'),
  '/files/latest': named('latest'),
  '/files/{name}.csv': named('table'),
  '/search': named('search'),
  '/search?beta=true': named('beta'),
  '/report#summary': named('report'),
};

const CASES = [
  ['/files/readme.md', 'file'],
  ['/files/1.2.3', 'file'],
  ['/files/ann@example.com', 'file'],
  ['/files/a%2Fb', 'file'],
  ['/files/stats.json/', 'file'],
  ['/files/latest', 'latest'],
  ['/files/x.csv', 'table'],
  ['/search', 'search'],
  ['/search?beta=true', 'beta'],
  ['/search?beta=false', 'search'],
  ['/search?x=1&beta=true', 'beta'],
  ['/report', 'report'],
] as const;

describe('a request is routed as the document says', () => {
  const mock = mockOf(PATHS);

  it.each(CASES)('%s is %s', async (path, operation) => {
    const answer = await mock.fetch(`http://localhost${path}`);
    expect([answer.status, answer.headers.get('x-mock-operation')]).toEqual([200, operation]);
  });

  it('over HTTP, too', async () => {
    const { url } = await serve({ mock });
    for (const [path, operation] of CASES) {
      expect([path, await (await fetch(url + path)).json()]).toEqual([path, operation]);
    }
  });

  it('a path of no operation is a problem that tells the nearest one', async () => {
    const answer = await mock.fetch('http://localhost/api/files/x/y');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, PROBLEM_TYPE]);
    expect(await answer.json()).toMatchObject({ code: 'NO_PATH_MATCHED' });
  });

  it('a query that is missing is told', () => {
    const other = mockOf({ '/search?beta=true': named('beta') });
    expect(other.explain({ url: '/search' })).toContain('the query lacks "beta=true"');
    expect(other.explain({ url: '/search?beta=true' })).toBe('');
  });
});

describe('in MSW', () => {
  const more = Array.from({ length: MAX_HANDLERS }, (_, index) => [`/more/${index}`, named(`more${index}`)]);
  const elsewhere = http.get('*/elsewhere', () => HttpResponse.text('mine'));

  it.each([
    ['one for each operation', PATHS, Object.keys(PATHS).length, 'GET /report#summary'],
    ['one for all', { ...PATHS, ...Object.fromEntries(more) }, 1, '* (56 operations)'],
  ])('the handlers, %s, answer without a warning', async (_, paths, count, last) => {
    const warn = vi.spyOn(console, 'warn');
    const { handlers } = mockOf(paths);
    expect([handlers.length, handlers.at(-1)?.info.header]).toEqual([count, last]);
    const server = setupServer(...handlers, elsewhere);
    server.listen();
    onTestFinished(() => server.close());
    for (const [path, operation] of CASES) {
      expect([path, await (await fetch(`http://things.example${path}`)).json()]).toEqual([path, operation]);
    }
    expect(await (await fetch('http://things.example/elsewhere')).text()).toBe('mine');
    expect(warn).not.toHaveBeenCalled();
  });
});
