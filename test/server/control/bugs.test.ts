import { describe, expect, it } from 'vitest';
import contract from '../../../src/generated/control-plane.json' with { type: 'json' };
import { createMock } from '../../../src/index.ts';
import { createControlPlane } from '../../../src/server/control/control-plane.ts';
import { createEventStreams } from '../../../src/server/control/event-streams.ts';
import { openSessions } from '../../../src/server/sessions.ts';
import { CONTROL, JSON_BODY, serve } from '../support/server.ts';

const BUG = "Cannot read properties of undefined (reading 'phx_secret')";

/** The same bug behind every member but the given ones: what a slip in its code throws. */
function broken<T extends object>(whole: T, works: Partial<T>): T {
  return new Proxy(whole, {
    get: (_, member) => {
      if (member in works) return Reflect.get(works, member);
      throw new TypeError(BUG);
    },
  });
}

const brokenMock = () => broken(createMock(), { [Symbol.dispose]: () => {} });

/** They ask neither the mock nor the sessions for anything. */
const STATIC = ['GET /', 'GET /panel.js', 'GET /openapi.json'];

/** What the routes take that take more than an empty body. */
const BODIES: Readonly<Record<string, readonly object[]>> = {
  'PUT /scenario': [{ scenario: 'throttled' }],
  'PUT /fixtures': [createMock().snapshot()],
  'PUT /clock': [{ now: '2026-01-01' }, { advance: 1 }],
  'POST /change-requests/{id}/reject': [{ reason: 'No.' }],
};

const ROUTES = Object.entries(contract.paths).flatMap(([path, item]) =>
  Object.keys(item)
    .filter((key) => key !== 'parameters')
    .map((method) => `${method.toUpperCase()} ${path}`),
);

const CASES = ROUTES.filter((route) => !STATIC.includes(route)).flatMap((route) =>
  (BODIES[route] ?? [undefined]).flatMap((body) =>
    [CONTROL, `${CONTROL}/s/mine${CONTROL}`].map((root) => {
      const [method = '', path = ''] = route.split(' ');
      return { method, path: root + path.replace('{id}', '1'), body };
    }),
  ),
);

it('The routes of this file are routes of the control plane', () => {
  expect(ROUTES).toEqual(expect.arrayContaining([...STATIC, ...Object.keys(BODIES)]));
});

describe('A bug', () => {
  it.each(CASES)('is a 500 of $method $path, and onError gets its stack', async ({ method, path, body }) => {
    const caught: unknown[] = [];
    const mock = brokenMock();
    const app = createControlPlane({
      shared: () => mock,
      sessions: broken(openSessions({}), { mock: () => mock }),
      streams: createEventStreams(),
      publicUrl: null,
      onError: (cause) => void caught.push(cause),
    });
    const json = { headers: JSON_BODY, body: JSON.stringify(body) };
    const response = await app.request(path, { method, ...(body && json) });
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(JSON.parse(text).code).toBe('MOCK_FAILED');
    expect(text).not.toContain('Cannot read');
    expect(caught).toEqual([new TypeError(BUG)]);
    expect(caught[0]).toHaveProperty('stack', expect.stringContaining('bugs.test.ts'));
  });

  it.each([`${CONTROL}/contract`, '/', '/api/projects/1/experiments/stats/'])(
    'is a 500 of a server, whose onError gets it: %s',
    async (path) => {
      const { url, failures } = await serve({ mock: brokenMock() });
      expect((await fetch(url + path)).status).toBe(500);
      expect(failures).toEqual([new TypeError(BUG)]);
    },
  );
});
