import { describe, expect, it } from 'vitest';
import { message, send, statusOf } from './support/raw.ts';
import { API, JSON_BODY, KEY, openSession, scenarioAt, serve } from './support/server.ts';

const STEER = '{"scenario":"server-error"}';

describe('no spelling of a path gets past the token', () => {
  it.each([
    '/__mock__/scenario',
    '/__mock__/scenario/',
    '/__mock__/scenario?x=/__mock__/panel.js',
    '/__mock__/scenario#/__mock__/panel.js',
    '/__mock__/scenario;/panel.js',
    '/__mock__//scenario',
    '//__mock__/scenario',
    '///127.0.0.1/__mock__/scenario',
    '/./__mock__/scenario',
    '/__mock__/./scenario',
    '/__mock__/panel.js/../scenario',
    '/__mock__/panel.js/%2e%2e/scenario',
    '/__mock__/panel.js%2f..%2fscenario',
    '/__mock__/panel.js%00/../scenario',
    '/api/../__mock__/scenario',
    '/api/%2e%2e/__mock__/scenario',
    '/__mock__/../__mock__/scenario',
    '/__mock__/s/../scenario',
    '/__mock__/s/x/../../scenario',
    '/__mock__/s/x/__mock__/../../../scenario',
    '/__mock__/s/x/__mock__/panel.js/../../../../scenario',
    '/__mock__/s//__mock__/scenario',
    '/__mock__/s/%2e%2e/__mock__/scenario',
    '/%5f%5fmock__/scenario',
    '/%5F%5Fmock%5F%5F/scenario',
    '/__mock__%2fscenario',
    '/__mock__/%73cenario',
    '/__mock__/%2573cenario',
    '/__MOCK__/scenario',
    '/__mock__\\scenario',
    'http://127.0.0.1/__mock__/scenario',
    'http://evil.example/__mock__/scenario',
    'http://127.0.0.1//__mock__/scenario',
    'http://127.0.0.1/api/../__mock__/scenario',
    'http://127.0.0.1/__mock__/panel.js/../scenario',
    'http://user:password@127.0.0.1/__mock__/scenario',
    'https://127.0.0.1/__mock__/scenario',
    'ftp://127.0.0.1/__mock__/scenario',
    'file:///__mock__/scenario',
    '__mock__/scenario',
    '*',
  ])('%s', async (target) => {
    const { url, port, failures } = await serve({ token: 'right' });
    const received = await send(port, message('PUT', target, JSON_BODY, STEER));
    expect([400, 403, 404]).toContain(statusOf(received));
    expect(await scenarioAt(url)).toBe('ok');
    expect(failures).toEqual([]);
  });
});

describe('no spelling of an unknown session is answered from the shared mock', () => {
  it.each([
    '/__mock__/s/gone',
    '/__mock__/s//',
    '/__mock__/s/x/../..',
    '/__mock__/s/x/../../..',
    '/__mock__/s/..',
    '/__mock__/s/../..',
    '/__mock__/s/%2e%2e/%2e%2e',
    '/__mock__/s/%2f',
    '/__mock__/s/%00',
    '/__mock__/s/%ff',
    '/__mock__/s/%',
    '/__mock__/s/__proto__',
    '/__mock__/s/constructor',
    '/__mock__/s',
    '/__mock__',
    '/__mock__/s/gone/__mock__',
    '//__mock__/s/gone',
    `/__mock__/s/${'x'.repeat(65)}`,
    'http://127.0.0.1/__mock__/s/gone',
    'http://127.0.0.1/__mock__/s/',
  ])('in the path %s', async (base) => {
    const { port, mock } = await serve();
    for (const method of ['GET', 'HEAD']) {
      const received = await send(port, message(method, base + API, KEY));
      expect(received).toMatch(/^HTTP\/1\.1 404 /);
      expect(received).not.toMatch(/^x-mock-operation:|launched_last/im);
    }
    expect(mock.journal.filter({ status: 200 })).toEqual([]);
  });

  it.each([
    'gone',
    '',
    ' ',
    '*',
    '..',
    '/',
    'a, b',
    'a\r\nX-Mock-Session: b',
    '__proto__',
    'constructor',
    'toString',
    'null',
    'undefined',
    '%61',
    '\u00ff',
    'x'.repeat(65),
  ])('in the header, "%s"', async (id) => {
    const { url, port, mock } = await serve();
    await openSession(url, { id: 'a' });
    const received = await send(port, message('GET', API, { ...KEY, 'X-Mock-Session': id }));
    expect(received).toMatch(/^HTTP\/1\.1 404 /);
    expect(received).toContain('"code":"SESSION_NOT_FOUND"');
    expect(Buffer.byteLength(received)).toBeLessThan(2_000);
    expect(mock.journal.entries).toEqual([]);
  });

  it('without a control plane', async () => {
    const { port, mock } = await serve({ control: false });
    const byHeader = await send(port, message('GET', API, { ...KEY, 'X-Mock-Session': 'gone' }));
    const byPath = await send(port, message('GET', `/__mock__/s/gone${API}`, KEY));
    expect([statusOf(byHeader), statusOf(byPath)]).toEqual([404, 404]);
    expect(mock.journal.entries).toEqual([]);
  });
});

describe('a path below a session’s base URL cannot leave the session', () => {
  it.each(['/..', '/../..', '/../../..', '/%2e%2e', '//..', '/./../..', '/__mock__/../..'])(
    'with %s appended',
    async (steps) => {
      const { url, port, mock } = await serve();
      const { pathname } = new URL(await openSession(url));
      const received = await send(port, message('GET', pathname + steps + API, KEY));
      expect(received).not.toContain('launched_last');
      expect(statusOf(received)).not.toBe(200);
      expect(mock.journal.entries).toEqual([]);
    },
  );
});
