import { describe, expect, it, onTestFinished } from 'vitest';
import { createHttpListener, createMock } from '../../src/index.ts';
import { type ServerOptions, startServer } from '../../src/server/server.ts';
import { UsageRangeError, UsageTypeError } from '../../src/usage-error.ts';
import { ask, request } from '../mock/asking.ts';

describe('a server does not start with', () => {
  it.each<{ what: string; options: ServerOptions; error: string }>([
    { what: 'a control plane open to all', options: { host: '0.0.0.0' }, error: 'lets other machines reach' },
    { what: 'an empty host', options: { host: '' }, error: 'lets other machines reach' },
    {
      what: 'an empty host and a token',
      options: { host: '', token: 'secret' },
      error: '"host" is an address such as "127.0.0.1", or "0.0.0.0" for all; found "".',
    },
    { what: 'a blank host', options: { host: ' ', control: false }, error: 'for all; found " ".' },
    ...['', ' ', ':80', '[]', '*', '*.example', 'http://mock.example', 'mock.example/posthog'].map(
      (name) => ({
        what: `"${name}" as an allowed host`,
        options: { allowedHosts: ['mock.internal', name] },
        error: `--allowed-host ("allowedHosts" in code) is a name such as "mock.example", or an address; found "${name}".`,
      }),
    ),
    { what: 'an empty token', options: { token: '' }, error: 'is empty' },
    {
      what: 'sessions that never expire',
      options: { sessions: { idleTimeout: Number.POSITIVE_INFINITY } },
      error: '"idleTimeout"',
    },
    { what: 'room for no session', options: { sessions: { max: 0 } }, error: '"max"' },
    { what: 'a port that cannot be', options: { port: 99_999 }, error: '"port" is a whole number from 0 to' },
    { what: 'a part of a port', options: { port: 0.5 }, error: 'found 0.5.' },
    { what: 'a body of less than nothing', options: { bodyLimit: -1 }, error: '0 or more; found -1.' },
    { what: 'a body of NaN', options: { bodyLimit: Number.NaN }, error: '0 or more; found NaN.' },
    ...['Token\n', ' Token', 'Tökén', 'To\tken'].map((token) => ({
      what: `the token ${JSON.stringify(token)}`,
      options: { token },
      error: '--token ("token" in code) has what no header can have',
    })),
    ...[
      ['http://localhost/app'],
      ['https://*.example'],
      ['http://localhost:5173', '*'],
      ['localhost:5173'],
      ['file://'],
      ['null'],
    ].map((corsOrigins) => ({
      what: `the CORS origins ${corsOrigins}`,
      options: { corsOrigins },
      error: `--cors-origin ("corsOrigins" in code) is "*" alone, or an origin such as "http://localhost:5173"; found "${corsOrigins.at(-1)}".`,
    })),
    ...[
      'mock.example',
      '/posthog',
      'ftp://mock.example',
      'https://user:secret@mock.example',
      'https://mock.example/?a=b',
      'https://mock.example/#a',
      'https://',
      '',
    ].map((publicUrl) => ({
      what: `the public URL "${publicUrl}"`,
      options: { publicUrl },
      error: '--public-url ("publicUrl" in code) is one such as "https://mock.example/posthog"; found "',
    })),
  ])('$what', async ({ options, error }) => {
    const starting = startServer(createMock(), { port: 0, ...options });
    await expect(starting).rejects.toThrow(UsageRangeError);
    await expect(starting).rejects.toThrow(error);
  });

  it.each<ServerOptions>([
    { publicUrl: 'https://user:Secret4711@mock.example' },
    { publicUrl: 'https:user:Secret4711@mock.example' },
    { publicUrl: 'user:Secret4711@mock.example' },
    { publicUrl: 'https://user:Secret@4711@mock.example' },
    { corsOrigins: ['http://user:Secret4711@mock.example'] },
    { corsOrigins: ['http://user:Secret4711@mock.example/app'] },
    { allowedHosts: ['user:Secret4711@mock.example'] },
  ])('a password, which no message shows: %o', async (options) => {
    const starting = startServer(createMock(), { port: 0, ...options });
    await expect(starting).rejects.toThrow('found "…@mock.example');
    await expect(starting).rejects.not.toThrow(/Secret|4711/);
  });

  it.each<{ given: unknown; error: string }>([
    { given: null, error: 'startServer takes an object of options; found null.' },
    {
      given: { tokn: 'x' },
      error: 'startServer has no option "tokn". Did you mean "token"? The options are: ',
    },
    { given: { sessions: 5 }, error: '"sessions" of startServer is an object; found 5.' },
    {
      given: { sessions: { idle: 5, most: 1 } },
      error: 'sessions has no option "idle". The options are: idleTimeout, max.',
    },
    { given: { sessions: { max: '1' } }, error: '"max" of sessions is a number; found "1".' },
    { given: { port: '80' }, error: '"port" of startServer is a number; found "80".' },
    { given: { host: 5 }, error: '"host" of startServer is a string; found 5.' },
    { given: { control: 'no' }, error: '"control" of startServer is true or false; found "no".' },
    {
      given: { allowedHosts: 'a' },
      error: '"allowedHosts" of startServer is an array of strings; found "a".',
    },
    { given: { corsOrigins: 'http://a' }, error: 'is an array of strings; found "http://a".' },
    { given: { corsOrigins: [5] }, error: '"corsOrigins" of startServer is an array of strings; found [5].' },
    { given: { bodyLimit: 'a' }, error: '"bodyLimit" of startServer is a number; found "a".' },
    { given: { onError: {} }, error: '"onError" of startServer is a function; found {}.' },
  ])('$given', async ({ given, error }) => {
    // As callers without types may call it.
    const starting = Reflect.apply(startServer, undefined, [createMock(), given]);
    await expect(starting).rejects.toThrow(UsageTypeError);
    await expect(starting).rejects.toThrow(error);
  });

  it('a token of the wrong type, which no message shows', async () => {
    const starting = Reflect.apply(startServer, undefined, [createMock(), { token: [73_519] }]);
    await expect(starting).rejects.toThrow(
      new UsageTypeError('"token" of startServer is a string; found another type.'),
    );
  });

  it.each<ServerOptions>([
    { host: '0.0.0.0', token: 'secret' },
    { host: '0.0.0.0', control: false },
    { host: 'localhost' },
    { allowedHosts: ['mock.internal', 'Mock_1.internal:80', '::1', '[::1]:80', '10.0.0.1'] },
  ])('but starts with %o', async (options) => {
    const server = await startServer(createMock(), { port: 0, ...options });
    expect((await fetch(`http://127.0.0.1:${server.port}/api/nothing/`)).status).toBe(404);
    await server.close();
  });
});

it.each<{ given: unknown; error: string }>([
  { given: null, error: 'createHttpListener takes an object of options; found null.' },
  {
    given: { port: 80 },
    error: 'has no option "port". The options are: corsOrigins, bodyLimit, onError, onReply.',
  },
  { given: { onReply: 1 }, error: '"onReply" of createHttpListener is a function; found 1.' },
])('a listener is not made with $given', ({ given, error }) => {
  const create = () => Reflect.apply(createHttpListener, undefined, [createMock(), given]);
  expect(create).toThrow(UsageTypeError);
  expect(create).toThrow(error);
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
  it('names itself in every answer and in its journal', () => {
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

  it('is named in its curl commands even if the request named another', () => {
    const session = createMock().session({ id: 'mine' });
    session.answer(request({ headers: { 'x-mock-session': 'other' } }));
    expect(session.journal.entries[0]?.curl).toContain("'X-Mock-Session: mine'");
  });
});
