import { describe, expect, it, onTestFinished } from 'vitest';
import { createMock } from '../../src/index.ts';
import { type ServerOptions, startServer } from '../../src/server/server.ts';
import { ask, request } from '../mock/asking.ts';

describe('a server does not start with', () => {
  it.each<{ what: string; options: ServerOptions; error: string }>([
    { what: 'a control plane for all', options: { host: '0.0.0.0' }, error: 'lets other machines reach' },
    { what: 'no host at all', options: { host: '' }, error: 'lets other machines reach' },
    { what: 'an empty token', options: { token: '' }, error: 'is empty' },
    {
      what: 'sessions that never expire',
      options: { sessions: { idleTimeout: Number.POSITIVE_INFINITY } },
      error: '"idleTimeout"',
    },
    { what: 'room for no session', options: { sessions: { max: 0 } }, error: '"max"' },
  ])('$what', async ({ options, error }) => {
    const starting = startServer(createMock(), { port: 0, ...options });
    await expect(starting).rejects.toThrow(RangeError);
    await expect(starting).rejects.toThrow(error);
  });

  it.each<ServerOptions>([
    { host: '0.0.0.0', token: 'secret' },
    { host: '0.0.0.0', control: false },
    { host: 'localhost' },
  ])('but does with %o', async (options) => {
    const server = await startServer(createMock(), { port: 0, ...options });
    expect((await fetch(`http://127.0.0.1:${server.port}/api/nothing/`)).status).toBe(404);
    await server.close();
  });
});

it('the events of a replaced mock end when it is disposed of, and readers come back to the current one', async () => {
  let mock = createMock();
  const server = await startServer(() => mock, { port: 0 });
  onTestFinished(() => server.close());
  const before = await fetch(`${server.url}/__mock__/events`);
  const old = mock;
  mock = createMock();
  old[Symbol.dispose]();
  expect(await before.text()).toBe(': connected\n\n');
  const after = await fetch(`${server.url}/__mock__/events`);
  await fetch(`${server.url}/nothing`);
  const reader = after.body?.getReader();
  let text = '';
  while (!text.includes('event: request')) text += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
});

describe('a session', () => {
  it('says that it answered, in whatever front, and in its journal', () => {
    const session = createMock().session({ id: 'mine' });
    const refused = { headers: { prefer: 'code=999' } };
    const elsewhere = { path: '/nothing' };
    for (const changes of [{}, refused, elsewhere]) {
      expect(ask(session, changes).headers['x-mock-session']).toBe('mine');
    }
    for (const { response } of session.journal.entries) {
      expect(response?.headers['X-Mock-Session']).toBe('mine');
    }
    expect(ask(createMock()).headers).not.toHaveProperty('x-mock-session');
  });

  it('is the one that its curl asks, whatever the request said', () => {
    const session = createMock().session({ id: 'mine' });
    session.answer(request({ headers: { 'x-mock-session': 'other' } }));
    expect(session.journal.entries[0]?.curl).toContain("'X-Mock-Session: mine'");
  });
});
