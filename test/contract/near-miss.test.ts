import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainMiss, nearestOperation } from '../../src/contract/near-miss.ts';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { createRouter } from '../../src/contract/router.ts';
import { posthog } from '../../src/provider/posthog/posthog.ts';
import { routerWithRoutes } from './contracts.ts';

const packaged = createRouter(
  readContract(readFileSync('openapi.yaml', 'utf8'), 'openapi.yaml'),
  posthog.routing,
);
const STATS = '/api/projects/{project_id}/experiments/stats/';
const REQUIRES_FLAG = '/api/projects/{project_id}/experiments/requires_flag_implementation/';

describe('the nearest operation to a request', () => {
  it.each([
    [
      'GET /api/projects/1/experiment/stats/',
      STATS,
      'segment 4 is "experiment" where the contract has "experiments"',
    ],
    [
      'GET /api/environments/1/experiments/stats/',
      STATS,
      'segment 2 is "environments" where the contract has "projects"',
    ],
    ['GET /api/projects/1/experiments/stat', STATS, 'segment 5 is "stat" where the contract has "stats"'],
    [
      'GET /api/projects/1/experiment/stats.json',
      STATS,
      'segment 4 is "experiment" where the contract has "experiments"',
    ],
    [
      'GET /api/projects/1/experiments/stats.JSON',
      STATS,
      'segment 5 is "stats.JSON" where the contract has "stats"',
    ],
    [
      'GET /api/projects/1/experiments/requires-flag-implementation',
      REQUIRES_FLAG,
      'segment 5 is "requires-flag-implementation" where the contract has "requires_flag_implementation"',
    ],
    ['GET /api/projects/1/experiments//stats/', STATS, 'double slash after "experiments"'],
    ['GET /api/projects/1/experiments////stats/', STATS, 'double slash after "experiments"'],
    ['GET /api/projects/1/experiments/stats//', STATS, 'double slash after "stats"'],
    ['GET //api/projects/1/experiments/stats/', STATS, 'double slash at the start'],
    ['GET /projects/1/experiments/stats/', STATS, '"api" is missing at the start'],
    ['GET /api/projects/1/stats/', STATS, '"experiments" is missing after "1"'],
    ['GET /api/projects/experiments/stats/', STATS, '{project_id} is missing after "projects"'],
    ['GET /api/projects//experiments/stats/', STATS, '{project_id} is empty'],
    ['GET /api/projects/1/experiments/5/stats/', STATS, 'surplus segment "5" after "experiments"'],
    ['GET /v1/api/projects/1/experiments/stats/', STATS, 'base path "/v1" where the contract has none'],
    [
      'GET /api/projects/1.5/experiments/stats/',
      STATS,
      '{project_id} is "1.5", but a parameter may contain neither dot nor slash',
    ],
    [
      'GET /api/projects/a%2Fb/experiments/stats/',
      STATS,
      '{project_id} is "a/b", but a parameter may contain neither dot nor slash',
    ],
    [
      'DELETE /api/projects/1/experiments/stats/',
      STATS,
      'method DELETE where the contract has GET, HEAD, OPTIONS',
    ],
  ])('for %s is %s: %s', (request, path, difference) => {
    const [method = '', target = ''] = request.split(' ');
    const nearest = nearestOperation(packaged, method, target);
    expect(nearest?.operation.path).toBe(path);
    expect(nearest?.differences).toEqual([difference]);
  });

  it('can differ in several ways', () => {
    expect(explainMiss(packaged, 'POST', '/v1/api/project/1/experiments//stats')).toBe(
      `Nearest operation: GET ${STATS}. Differs: base path "/v1" where the contract has none; segment 3 is "project" where the contract has "projects"; double slash after "experiments"; method POST where the contract has GET, HEAD, OPTIONS.`,
    );
  });

  it.each([
    ['/v1/things/7', 'base path "/v1" where the contract has "/v2"'],
    ['/things/7', 'base path "/v2" is missing'],
  ])('for %s differs in the base path: %s', (path, difference) => {
    const contract = routerWithRoutes(['GET /things/{id}'], ['https://example.com/v2']);
    expect(nearestOperation(contract, 'GET', path)?.differences).toEqual([difference]);
  });

  it.each([
    ['GET', '/hours', ['base path "/mock/docs/openapi/museum" is missing']],
    ['GET', '/tickets/7/code', ['base path "/mock/docs/openapi/museum" is missing']],
    [
      'PUT',
      '/hours',
      [
        'base path "/mock/docs/openapi/museum" is missing',
        'method PUT where the contract has GET, HEAD, OPTIONS',
      ],
    ],
    ['GET', '/favicon.ico', undefined],
  ])('for %s %s lacks a base path that is longer', (method, path, differences) => {
    const contract = routerWithRoutes(
      ['GET /hours', 'GET /tickets/{id}/code', 'GET /{anything}'],
      ['https://example.com/mock/docs/openapi/museum'],
    );
    expect(nearestOperation(contract, method, path)?.differences).toEqual(differences);
  });

  it('is the one under the closest base path', () => {
    const contract = routerWithRoutes(['GET /things/{id}/parts'], ['/v1', '/v2']);
    expect(nearestOperation(contract, 'GET', '/v2/thing/7/parts')?.differences).toEqual([
      'segment 2 is "thing" where the contract has "things"',
    ]);
  });

  it('has the request’s method if the path supports it', () => {
    const contract = routerWithRoutes(['GET /things/{id}', 'DELETE /things/{id}']);
    const nearest = nearestOperation(contract, 'DELETE', '/thing/7');
    expect(nearest?.operation.method).toBe('DELETE');
    expect(nearest?.differences).toHaveLength(1);
  });

  it('compares the literal parts of a segment with parameters', () => {
    const contract = routerWithRoutes(['GET /reports/daily/{day}-{hour}/page']);
    expect(nearestOperation(contract, 'GET', '/report/daily/monday-12/page')?.differences).toEqual([
      'segment 1 is "report" where the contract has "reports"',
    ]);
    expect(nearestOperation(contract, 'GET', '/reports/daily/monday/page')?.differences).toEqual([
      'segment 3 is "monday" where the contract has "{day}-{hour}"',
    ]);
  });

  it('has no differences for a request that matches', () => {
    expect(nearestOperation(packaged, 'HEAD', '/api/projects/1/experiments/stats.json')?.differences).toEqual(
      [],
    );
    expect(explainMiss(packaged, 'GET', '/api/projects/1/experiments/stats')).toBe(
      `Nearest operation: GET ${STATS}. Nothing differs.`,
    );
  });
});

describe('the explanation of a request that is near to no operation', () => {
  it.each(['/', '/favicon.ico', '/foo/bar', '/a/b/c/d/e/f/g/h/i/j/k/l'])('lists the routes: %s', (path) => {
    expect(nearestOperation(packaged, 'GET', path)).toBeNull();
    expect(explainMiss(packaged, 'GET', path)).toBe(
      `Nothing is near GET ${path}. The contract has: GET ${REQUIRES_FLAG}, GET ${STATS}.`,
    );
  });

  it('lists only the first five of many routes', () => {
    const contract = routerWithRoutes(
      Array.from({ length: 8 }, (_, index) => `GET /things${index}/list/all`),
    );
    expect(explainMiss(contract, 'GET', '/')).toBe(
      'Nothing is near GET /. The contract has: GET /things0/list/all, GET /things1/list/all, GET /things2/list/all, GET /things3/list/all, GET /things4/list/all and 3 more.',
    );
  });
});

describe('a hint', () => {
  it.each([
    '/api/projects/1/experiments/phx_0secret0',
    '/api/projects/1.phc_0secret0/experiments/stats',
    '/api/projects/1/experiments/%70hx_0secret0',
    '/api/projects/1/experiments/%2570hx_0secret0',
    '/api/projects/1/experiments/%ff%70hx_0secret0',
    '/PHS_0secret0',
  ])('redacts keys: %s', (path) => {
    const hint = explainMiss(packaged, 'GET', path);
    expect(hint).not.toContain('0secret0');
    expect(hint).toMatch(/ph[cxs]_\.\.\./i);
  });

  it('redacts a key sent as the method', () => {
    expect(explainMiss(packaged, 'phx_0secret0', '/')).not.toContain('0secret0');
  });

  it('percent-encodes characters that a header cannot carry', () => {
    expect(explainMiss(packaged, 'GET', '/api/projects/1/experiments/%0D%0Ast\u00e4ts')).toContain(
      '"%0D%0Ast%C3%A4ts"',
    );
  });

  it('is always one line of printable ASCII of bounded length', () => {
    const contract = routerWithRoutes(['GET /ma\u00dfe/{id}/\u{1f600}', `GET /${'long'.repeat(500)}/{id}`]);
    const segment = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', 'masse', 'ma%C3%9Fe', '%', '\ud83d'),
    );
    fc.assert(
      fc.property(fc.string(), fc.array(segment, { maxLength: 6 }), (method, segments) => {
        expect(explainMiss(contract, method, `/${segments.join('/')}`)).toMatch(/^[\x20-\x7e]{1,1000}$/);
      }),
    );
  });

  it.each([
    ['very many segments', `/${'api/'.repeat(100_000)}`],
    ['very many double slashes', '/'.repeat(100_000)],
    ['a very long segment', `/api/projects/1/experiments/${'stats'.repeat(100_000)}`],
    ['very many escapes', `/api/projects/1/experiments/${'%E2%82'.repeat(100_000)}`],
  ])('ends in a contract of 1,000 operations, and is short, for a path with %s', (_, path) => {
    const contract = routerWithRoutes(
      Array.from({ length: 1000 }, (_, index) => `GET /api/projects/{id}/things${index}/stats${index}`),
    );
    const hint = explainMiss(contract, 'GET', path);
    expect(hint.length).toBeLessThanOrEqual(1000);
  });
});
