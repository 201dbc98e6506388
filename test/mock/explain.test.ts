import { describe, expect, it } from 'vitest';
import { createMock } from '../../src/index.ts';
import { ask, PATHS, prefer, STATS } from './asking.ts';

const NEAREST = 'Nearest operation: GET /api/projects/{project_id}/experiments/stats/.';

describe('explain', () => {
  const mock = createMock();

  it.each([
    { url: PATHS[STATS] },
    { url: `https://us.posthog.com${PATHS[STATS]}?format=csv` },
    { url: `http://localhost:3000${PATHS[STATS].slice(0, -1)}.json` },
    { method: 'POST', url: PATHS[STATS] },
    { url: '/api/projects/:project_id/experiments/stats/' },
  ])('returns an empty text when an operation matches: %o', (request) => {
    expect(mock.explain(request)).toBe('');
  });

  it.each([
    {
      url: '/api/environments/1/experiments/stats/',
      hint: `${NEAREST} Differs: segment 2 is "environments" where the contract has "projects".`,
    },
    {
      url: 'https://us.posthog.com/proxy/api/projects/1/experiments/stats?x=1',
      hint: `${NEAREST} Differs: base path "/proxy" where the contract has none.`,
    },
    {
      url: '/api/projects/1/experiments/stats//',
      hint: `${NEAREST} Differs: double slash after "stats".`,
    },
    {
      method: 'DELETE',
      url: '/api/projects/1/experiment/stats/',
      hint: `${NEAREST} Differs: segment 4 is "experiment" where the contract has "experiments"; method DELETE where the contract has GET, HEAD, OPTIONS.`,
    },
    { url: '/favicon.ico', hint: 'Nothing is near GET /favicon.ico. The contract has: GET /api/' },
  ])('names the nearest operation and what differs: $url', ({ hint, ...request }) => {
    expect(mock.explain(request).startsWith(hint)).toBe(true);
  });

  it('takes a Request', () => {
    const request = new Request('https://us.posthog.com/api/projects/1/experiments/stat/', { method: 'PUT' });
    expect(mock.explain(request)).toContain('segment 5 is "stat" where the contract has "stats"');
    expect(mock.explain(request)).toContain('method PUT');
  });

  it('reports a wrong origin', () => {
    const { explain } = createMock({ origin: 'https://us.posthog.com' });
    expect(explain({ url: `https://eu.posthog.com${PATHS[STATS]}` })).toBe(
      'The mock stands in for https://us.posthog.com only; the request went to https://eu.posthog.com.',
    );
    expect(explain({ url: `https://us.posthog.com${PATHS[STATS]}` })).toBe('');
    expect(explain({ url: PATHS[STATS] })).toBe('');
  });

  it('does not add to the journal', () => {
    const { explain, journal } = createMock();
    explain({ url: '/nothing' });
    expect(journal.entries).toEqual([]);
  });
});

describe('a request that no operation matches', () => {
  const mock = createMock({ scenario: 'server-error', delay: 5 });

  it.each(['/api/', '/api/projects/1/experiments/stat/', '/api/projects/1.5/experiments/stats/'])(
    'gets PostHog’s 404 and a hint at %s',
    (path) => {
      const { status, headers, body } = ask(mock, { path, headers: {} });
      expect(status).toBe(404);
      expect(body).toBe(
        '{"type":"invalid_request","code":"not_found","detail":"Endpoint not found.","attr":null}',
      );
      expect(headers).toEqual({
        'content-type': 'application/json',
        'x-mock-hint': mock.explain({ url: path }),
      });
    },
  );

  it.each(['/', '/api', '/apis/x', '/stats', '//api/', '/%zz', '', '*'])('gets a problem at "%s"', (path) => {
    const { status, headers, body } = ask(mock, { path, headers: {} });
    const hint = headers['x-mock-hint'];
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(hint).toMatch(/^N(earest operation|othing is near)/);
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'urn:posthog-experiments-mock:no-path-matched',
      title: 'No path of the contract matches',
      status: 404,
      detail: `No operation matches GET ${path}. ${hint}`,
      code: 'NO_PATH_MATCHED',
      errors: [{ in: 'path', detail: hint }],
    });
  });

  it.each(['/api/nothing', '/nothing'])('has no body for HEAD at %s', (path) => {
    expect(ask(mock, { path, method: 'HEAD' })).toMatchObject({ status: 404, body: null });
  });

  it('ignores preferences', () => {
    const { status, headers } = prefer(mock, 'scenario=nope, delay=9', { path: '/nothing' });
    expect(status).toBe(404);
    expect(headers).not.toHaveProperty('preference-applied');
    expect(headers).not.toHaveProperty('vary');
  });
});
