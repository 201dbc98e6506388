import { assert, property, string, webPath } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_ROUTING } from '../../src/contract/router.ts';
import { posthog } from '../../src/provider/posthog/posthog.ts';
import { routerWithRoutes } from './contracts.ts';

const STATS = 'GET /api/projects/{project_id}/experiments/stats/';

function routerOf(routes: readonly string[], servers?: readonly string[], rules = posthog.routing) {
  const router = routerWithRoutes(routes, servers, rules);
  return (method: string, path: string, query = '') => {
    const route = router.match(method, path, query);
    return (
      route && [`${route.operation.method} ${route.operation.path}`, route.parameters, route.formatSuffix]
    );
  };
}

describe('a path', () => {
  const route = routerOf([STATS]);
  const found = (id: string, suffix: string | null = null) => [STATS, { project_id: id }, suffix];

  it.each([
    ['/api/projects/1/experiments/stats/', found('1')],
    ['/api/projects/1/experiments/stats', found('1')],
    ['/api/projects/1/experiments/stats.json', found('1', 'json')],
    ['/api/projects/1/experiments/stats.json/', found('1', 'json')],
    ['/api/projects/1/experiments/stats.xml', found('1', 'xml')],
    ['/api/projects/@current/experiments/stats/', found('@current')],
    ['/api/projects/%40current/experiments/stats/', found('@current')],
    ['/api/projects/:project_id/experiments/stats/', found(':project_id')],
    ['/api/projects/a%20b/experiments/stats/', found('a b')],
    ['/api/projects/%E0%A4%A/experiments/stats/', found('%E0%A4%A')],
    ['/api/projects/1.5/experiments/stats/', null],
    ['/api/projects/1%2F2/experiments/stats/', null],
    ['/api/projects//experiments/stats/', null],
    ['/api/projects/1/experiments/stats//', null],
    ['/api//projects/1/experiments/stats/', null],
    ['//api/projects/1/experiments/stats/', null],
    ['/api/projects/1/experiments/Stats/', null],
    ['/api/projects/1/experiments/stats.', null],
    ['/api/projects/1/experiments/', null],
    ['/api/projects/1/experiments/stats/more', null],
    ['/', null],
    ['', null],
    ['*', null],
  ])('%s leads to %j', (path, expected) => {
    expect(route('GET', path)).toEqual(expected);
  });

  it('never throws', () => {
    assert(
      property(webPath(), string(), (path, rest) => {
        route('GET', path);
        route('GET', `/api/projects/${rest}/experiments/stats/`);
        route(rest, `%${rest}`);
      }),
    );
  });
});

it('a path parameter is decoded', () => {
  const route = routerOf([STATS]);
  assert(
    property(string({ minLength: 1, unit: 'grapheme' }), (value) => {
      const id = value.replaceAll(/[/.]/g, '_');
      const path = `/api/projects/${encodeURIComponent(id)}/experiments/stats/`;
      expect(route('GET', path)).toEqual([STATS, { project_id: id }, null]);
    }),
  );
});

describe('of several operations', () => {
  const route = routerOf([
    'GET /things/{id}',
    'DELETE /things/{id}',
    'GET /things/all',
    'GET /things/{id}.csv',
    'GET /things/{id}/parts/{part}',
    'GET /things/all/parts',
  ]);

  it.each([
    ['GET', '/things/7', 'GET /things/{id}', { id: '7' }],
    ['HEAD', '/things/7', 'GET /things/{id}', { id: '7' }],
    ['DELETE', '/things/7', 'DELETE /things/{id}', { id: '7' }],
    ['PUT', '/things/7', 'GET /things/{id}', { id: '7' }],
    ['GET', '/things/all', 'GET /things/all', {}],
    ['GET', '/things/7.csv', 'GET /things/{id}.csv', { id: '7' }],
    ['GET', '/things/all/parts', 'GET /things/all/parts', {}],
    // The literal path has no such method, so the template is tried.
    ['GET', '/things/all/parts/3', 'GET /things/{id}/parts/{part}', { id: 'all', part: '3' }],
  ])('%s %s is %s', (method, path, operation, parameters) => {
    expect(route(method, path)).toEqual([operation, parameters, null]);
  });

  it('HEAD matches the GET of the path even if another method is declared first', () => {
    const find = routerOf(['DELETE /parts/{a}', 'GET /parts/{b}']);
    expect(find('HEAD', '/parts/7')).toEqual(['GET /parts/{b}', { b: '7' }, null]);
  });

  it('the template with the longer literal part wins', () => {
    const find = routerOf(['GET /parts/{id}', 'GET /parts/{id}-all']);
    expect(find('GET', '/parts/7-all')).toEqual(['GET /parts/{id}-all', { id: '7' }, null]);
    expect(find('GET', '/parts/7')).toEqual(['GET /parts/{id}', { id: '7' }, null]);
  });

  it('each of a thousand operations is found', () => {
    const routes = Array.from({ length: 1_000 }, (_, index) => `GET /group${index % 10}/{id}/leaf${index}`);
    const find = routerOf(routes);
    for (const wanted of routes) {
      const [, path = ''] = wanted.split(' ');
      expect(find('GET', path.replace('{id}', '5'))).toEqual([wanted, { id: '5' }, null]);
    }
    expect(find('GET', '/group1/5/leaf2')).toBeNull();
  });
});

it.each([
  [['https://a.example/v1', '/v2/'], '/v1/things', true],
  [['https://a.example/v1', '/v2/'], '/v2/things/', true],
  [['https://a.example/v1', '/v2/'], '/things', false],
  [['https://a.example', '/v2'], '/things', true],
  [['v3'], '/v3/things', true],
])('with the servers %j, %s is found: %s', (servers, path, isFound) => {
  expect(routerOf(['GET /things'], servers)('GET', path) !== null).toBe(isFound);
});

describe('with plain rules', () => {
  const find = (routes: readonly string[], asked: string) => {
    const [path = '', query] = asked.split('?');
    return routerOf(routes, undefined, PLAIN_ROUTING)('GET', path, query);
  };

  it.each([
    ['readme.md', 'readme.md'],
    ['1.2.3', '1.2.3'],
    ['ann@example.com', 'ann@example.com'],
    ['a%2Fb', 'a/b'],
    ['stats.json', 'stats.json'],
    ['%E0%A4%A', '%E0%A4%A'],
  ])('the value %s is read as %s', (sent, name) => {
    expect(find(['GET /files/{name}'], `/files/${sent}`)).toEqual(['GET /files/{name}', { name }, null]);
  });

  it.each([
    // routes, asked, found
    [['GET /a'], '/a/', 'GET /a'],
    [['GET /a/'], '/a', 'GET /a/'],
    [['POST /a', 'GET /a/'], '/a/', 'GET /a/'],
    [['POST /a', 'GET /a/'], '/a', 'POST /a'],
    [['GET /{x}', 'POST /{x}/'], '/7', 'GET /{x}'],
    [['GET /{x}', 'POST /{x}/'], '/7/', 'POST /{x}/'],
  ])('of %j, %s is %s', (routes, asked, found) => {
    expect(find(routes, asked)?.[0]).toBe(found);
  });

  it.each([
    [['GET /a?beta=true'], '/a?beta=true', 'GET /a?beta=true'],
    [['GET /a?beta=true'], '/a?x=1&beta=true', 'GET /a?beta=true'],
    [['GET /a?beta=true'], '/a', undefined],
    [['GET /a?beta=true'], '/a?beta=false', undefined],
    [['GET /a', 'GET /a?beta=true'], '/a?beta=true', 'GET /a?beta=true'],
    [['GET /a', 'GET /a?beta=true'], '/a?beta=1', 'GET /a'],
    [['GET /a?b=1', 'GET /a?b=1&c=2'], '/a?c=2&b=1', 'GET /a?b=1&c=2'],
    [['GET /a?b=1', 'GET /a?b=1&c=2'], '/a?b=1', 'GET /a?b=1'],
    [['GET /a?b=1&b=2'], '/a?b=1', undefined],
    [['GET /a?b=1&b=2'], '/a?b=2&b=1', 'GET /a?b=1&b=2'],
    [['GET /a?acl', 'GET /a'], '/a?acl', 'GET /a?acl'],
    [['GET /a?id={id}', 'GET /a'], '/a?id=7', 'GET /a?id={id}'],
    [['GET /a?id={id}', 'GET /a'], '/a', 'GET /a'],
    // The pinned path lacks the method.
    [['GET /a', 'POST /a?beta=true'], '/a?beta=true', 'GET /a'],
    [['GET /{x}', 'GET /a?beta=true'], '/a', 'GET /{x}'],
    [['GET /a#detail'], '/a', 'GET /a#detail'],
    [['GET /a?b=1#detail'], '/a?b=1', 'GET /a?b=1#detail'],
  ])('of %j, %s is %s', (routes, asked, found) => {
    expect(find(routes, asked)?.[0]).toBe(found);
  });

  it('a route found with one query is not given to another', () => {
    const route = routerOf(['GET /a', 'GET /a?beta=true'], undefined, PLAIN_ROUTING);
    const found = ['beta=true', '', 'beta=true'].map((query) => route('GET', '/a', query)?.[0]);
    expect(found).toEqual(['GET /a?beta=true', 'GET /a', 'GET /a?beta=true']);
  });
});
