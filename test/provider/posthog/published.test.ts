import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { CONTRACT_TEXT } from '../../contract/copies.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, prefer, STATS } from '../../mock/asking.ts';

/** In the way of PostHog's published description: no examples, no errors, and no body where ours has one. */
function published() {
  const operation = (operationId: string, scope: string, responses: object) => ({
    operationId,
    responses,
    security: [{ PersonalAPIKeyAuth: [scope] }],
  });
  const none = { 200: { description: 'No response body' } };
  const json = (example: unknown) => ({
    200: { description: '', content: { 'application/json': { schema: {}, example } } },
  });
  return {
    openapi: '3.0.3',
    info: { title: 'PostHog API', version: '1.0.0' },
    servers: [{ url: '/' }],
    paths: {
      '/api/projects/{project_id}/experiments/stats/': { get: operation(STATS, 'experiment:read', none) },
      '/api/projects/{project_id}/experiments/requires_flag_implementation/': {
        get: operation(FLAGS, 'experiment:read', none),
      },
      '/api/environments/{environment_id}/insights/': {
        get: operation('insights_list', 'insight:read', json({ results: [] })),
        post: operation('insights_create', 'insight:write', { 201: { description: 'No response body' } }),
      },
      '/api/organizations/{organization_id}/projects/{id}/': {
        get: operation('projects_retrieve', 'project:read', json({ id: 1 })),
      },
      '/api/projects/{project_id}/exports/': {
        get: operation('exports_list', 'export:read', {
          200: {
            description: '',
            content: { 'text/csv': { example: 'a,b' }, 'application/json': { example: { a: 'b' } } },
          },
        }),
      },
      '/api/public/': { get: { operationId: 'public', responses: json({ free: true }) } },
    },
    components: { securitySchemes: { PersonalAPIKeyAuth: { type: 'http', scheme: 'bearer' } } },
  };
}

const mock = createMock({ contract: published(), now: NOW });
const ALL = { authorization: 'Bearer phx_all_access' };
const INSIGHTS = '/api/environments/1/insights/';

const namesOf = (operation: string) =>
  mock.scenarios.filter(({ operations }) => operations.includes(operation)).map(({ name }) => name);

describe('under the published description, the two operations', () => {
  it.each([PATHS[STATS], PATHS[FLAGS]])('are computed although it has no body: %s', (path) => {
    expect(bodyOf(mock, { path, query: 'events=[]' })).toEqual(
      bodyOf(createMock({ now: NOW }), { path, query: 'events=[]' }),
    );
    expect(ask(mock, { path }).headers).toMatchObject({
      'content-type': 'application/json',
      'x-mock-source': 'database',
    });
  });

  it.each([STATS, FLAGS] as const)('%s has all scenarios of the packaged contract', (operation) => {
    const ours = createMock().scenarios.filter(({ operations }) => operations.includes(operation));
    expect(namesOf(operation).toSorted()).toEqual(ours.map(({ name }) => name).toSorted());
  });

  it('answer by them as with the packaged contract', () => {
    const packaged = createMock({ now: NOW });
    for (const { name, status } of packaged.scenarios) {
      if (status === null) continue;
      const [ours, theirs] = [packaged, mock].map((of) => prefer(of, `scenario=${name}`));
      expect([name, theirs?.status, theirs?.body]).toEqual([name, ours?.status, ours?.body]);
    }
  });
});

describe('all other operations', () => {
  const codeOf = (path: string, headers: Record<string, string>) => {
    const { status, body } = ask(mock, { path, headers });
    return [status, JSON.parse(body ?? 'null').code];
  };

  it.each<[string, Record<string, string>, number, string]>([
    [INSIGHTS, {}, 401, 'not_authenticated'],
    [INSIGHTS, { authorization: 'Bearer phx_nonsense' }, 401, 'authentication_failed'],
    [INSIGHTS, { authorization: 'Bearer phx_experiment_read' }, 403, 'permission_denied'],
    [INSIGHTS, { authorization: 'Bearer phx_outsider' }, 403, 'permission_denied'],
    ['/api/environments/99/insights/', ALL, 404, 'not_found'],
    ['/api/organizations/x/projects/99/', ALL, 404, 'not_found'],
    [INSIGHTS, { ...ALL, accept: 'image/png' }, 406, 'not_acceptable'],
    ['/api/nothing/', ALL, 404, 'not_found'],
  ])('refuse as PostHog does: %s %j is %i %s', (path, headers, status, code) => {
    expect(codeOf(path, headers)).toEqual([status, code]);
  });

  it('are challenged with the site of PostHog Cloud, as the server is "/"', () => {
    expect(ask(mock, { path: INSIGHTS, headers: {} }).headers['www-authenticate']).toBe(
      'Bearer resource_metadata="https://us.posthog.com/.well-known/oauth-protected-resource"',
    );
  });

  it('answer by contract after that', () => {
    expect(bodyOf(mock, { path: INSIGHTS, headers: ALL })).toEqual({ results: [] });
    expect(ask(mock, { path: INSIGHTS, headers: ALL, method: 'POST' }).status).toBe(201);
    expect(bodyOf(mock, { path: '/api/organizations/x/projects/1/', headers: ALL })).toEqual({ id: 1 });
    expect(bodyOf(mock, { path: '/api/public/', headers: {} })).toEqual({ free: true });
  });

  it.each<[Record<string, string>, string, string, number, string]>([
    [{}, '', '', 200, 'application/json'],
    [{ accept: 'text/csv' }, '', '', 200, 'text/csv'],
    [{}, '', 'format=csv', 200, 'text/csv'],
    [{}, '.csv', '', 200, 'text/csv'],
    [{}, '', 'format=json', 200, 'application/json'],
    [{ accept: 'text/html' }, '', '', 406, 'application/json'],
    [{}, '', 'format=xml', 404, 'application/json'],
  ])('take the formats of the contract: %j %s ?%s is %i %s', (headers, suffix, query, status, type) => {
    const path = `/api/projects/1/exports${suffix}`;
    const answer = ask(mock, { path, query, headers: { ...ALL, ...headers } });
    expect([answer.status, answer.headers['content-type']]).toEqual([status, type]);
  });

  const OF_ANY = [
    'unknown-format',
    'not-acceptable',
    'server-error',
    'bad-gateway',
    'network-error',
    'timeout',
  ];

  it.each([
    ['public', ['ok', ...OF_ANY, 'malformed-json']],
    ['insights_create', ['not-authenticated', 'missing-scope', 'no-project-access', 'project-not-found']],
    ['projects_retrieve', ['throttled', 'invalid-key', 'project-not-found', 'malformed-json']],
  ])('%s can meet %j', (operation, names) => {
    expect(namesOf(operation)).toEqual(expect.arrayContaining(names));
  });

  it('cannot meet what does not apply', () => {
    expect(namesOf('public').toSorted()).toEqual(['ok', ...OF_ANY, 'malformed-json'].toSorted());
    expect(namesOf('insights_create')).not.toContain('malformed-json');
    expect(namesOf('insights_list')).not.toContain('approval-required');
  });

  it('name their own scope and methods when a scenario is forced', () => {
    const forced = prefer(mock, 'scenario=missing-scope', { path: INSIGHTS, method: 'POST' });
    expect(JSON.parse(forced.body ?? '').detail).toBe("API key missing required scope 'insight:write'");
    expect(forced.headers.allow).toBe('GET, POST, HEAD, OPTIONS');
    expect(prefer(mock, 'code=429', { path: INSIGHTS }).headers['x-mock-scenario']).toBe('throttled');
  });
});

describe('the provider', () => {
  it('adds no scenarios to the packaged contract or a copy of it', () => {
    const names = createMock().scenarios.map(({ name }) => name);
    expect(createMock({ contract: CONTRACT_TEXT }).scenarios.map(({ name }) => name)).toEqual(names);
  });

  it('can be chosen for any contract', () => {
    const path = '/api/projects/99/things/';
    const contract = {
      openapi: '3.1.0',
      info: { title: 'Things', version: '1' },
      paths: {
        '/api/projects/{project_id}/things/': { get: { responses: { 200: { description: 'Any.' } } } },
      },
    };
    const statusBy = (provider: 'posthog' | 'contract' | undefined) =>
      ask(createMock({ contract, provider }), { path }).status;
    expect([undefined, 'contract' as const, 'posthog' as const].map(statusBy)).toEqual([200, 200, 404]);
    expect(ask(createMock({ provider: 'contract' }), { headers: {} }).headers['x-mock-source']).toBe(
      'example',
    );
  });
});
