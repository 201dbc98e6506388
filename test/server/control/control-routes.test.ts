import { describe, expect, it } from 'vitest';
import { PATHS, STATS } from '../../mock/asking.ts';
import { openControl, problem } from '../support/control.ts';
import { CONTROL, serve } from '../support/server.ts';

async function open() {
  const { url } = await serve();
  const control = await openControl(url);
  await control('POST', '/sessions', { body: { id: 'mine' } });
  return { url, control };
}

describe('an unknown route', () => {
  it.each([
    { route: 'GET /helth', nearest: 'GET /__mock__/health', differs: 'segment 2 is "helth"' },
    {
      route: 'POST /change-requests/1/aprove',
      nearest: 'POST /__mock__/change-requests/{id}/approve',
      differs: 'segment 4 is "aprove"',
    },
    {
      route: 'GET /sessions//mine',
      nearest: 'GET /__mock__/sessions/{id}',
      differs: 'double slash after "sessions"',
    },
  ])('is a problem that names the nearest route: $route', async ({ route, nearest, differs }) => {
    const { url, control } = await open();
    const [method = '', path = ''] = route.split(' ');
    const session = await openControl(`${url}${CONTROL}/s/mine`);
    for (const client of [control, session]) {
      const { status, json } = await client(method, path);
      expect(status).toBe(404);
      expect(json).toMatchObject({
        ...problem('NO_PATH_MATCHED', `Nearest operation: ${nearest}. Differs: `),
        errors: [{ in: 'path', detail: expect.stringContaining(differs) }],
      });
    }
  });

  it('is a problem without a nearest route when nothing is near', async () => {
    const { control } = await open();
    const { json } = await control('GET', '/a/b/c/d/e/f');
    expect(json).toMatchObject(problem('NO_PATH_MATCHED', `Nothing is near GET ${CONTROL}/a/b/c/d/e/f.`));
  });
});

describe('a method that a route does not have', () => {
  it.each([
    { route: 'PUT /scenarios', allow: 'GET, HEAD' },
    { route: 'POST /scenario', allow: 'GET, PUT, HEAD' },
    { route: 'PATCH /clock/', allow: 'GET, PUT, HEAD' },
    { route: 'OPTIONS /clock', allow: 'GET, PUT, HEAD' },
    { route: 'DELETE /reset', allow: 'POST' },
    { route: 'GET /change-requests/1/approve', allow: 'POST' },
    { route: 'POST /', allow: 'GET, HEAD' },
  ])('is a 405 that names the others: $route', async ({ route, allow }) => {
    const { url, control } = await open();
    const [method = '', path = ''] = route.split(' ');
    const session = await openControl(`${url}${CONTROL}/s/mine`);
    for (const client of [control, session]) {
      const { status, headers, json } = await client(method, path);
      expect([status, headers.get('allow')]).toEqual([405, allow]);
      expect(json).toMatchObject(problem('METHOD_NOT_ALLOWED', ` takes ${allow}; found ${method}.`));
    }
  });
});

describe('an id that does not exist', () => {
  it.each([
    { method: 'GET', path: '/sessions/none' },
    { method: 'DELETE', path: '/sessions/none' },
    { method: 'GET', path: '/s/none/__mock__/health' },
    { method: 'PUT', path: '/s/none/__mock__/scenario' },
    { method: 'GET', path: '/s/none/__mock__/nothing' },
    { method: 'GET', path: '/s/none/api/projects/1/experiments/stats/' },
    { method: 'GET', path: '/s/none' },
  ])('is a problem for a session: $method $path', async ({ method, path }) => {
    const { control } = await open();
    const { status, json } = await control(method, path);
    expect(status).toBe(404);
    expect(json).toMatchObject(problem('SESSION_NOT_FOUND', 'There is no session "none": it has expired'));
  });

  it.each(['approve', 'reject', 'cancel', 'expire'])(
    'is PostHog’s 404 for a change request: %s',
    async (action) => {
      const { control } = await open();
      const { status, json } = await control('POST', `/change-requests/none/${action}`);
      expect([status, json]).toEqual([
        404,
        { type: 'invalid_request', code: 'not_found', detail: 'Not found.', attr: null },
      ]);
    },
  );
});

describe('the index of the server', () => {
  it('lists every route of the API and of the control plane', async () => {
    const { url, control } = await open();
    const response = await fetch(`${url}/`);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    const text = await response.text();
    const routes = text.split('\n').map((line) => line.trim().split(/ +/, 2).join(' '));
    const steering = control.document.operations.map(({ method, path }) => `${method} ${CONTROL}${path}`);
    expect(routes).toEqual(expect.arrayContaining(steering));
    expect(routes).toContain(`GET ${PATHS[STATS].replace('/1/', '/{project_id}/')}`);
  });
});
