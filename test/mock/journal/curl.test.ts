import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { NOW, PATHS, request, requestWith, STATS } from '../asking.ts';

const URL = `http://127.0.0.1:4010${PATHS[STATS]}`;
const KEY = 'phx_experiment_read';

function curlOf(asked: HttpRequest): string {
  const mock = createMock({ now: NOW });
  mock.answer(asked);
  return mock.journal.entries[0]?.curl ?? '';
}

/** The arguments that a shell parses from the command. */
function argumentsOf(command: string): readonly string[] {
  const script = command.replace(/^curl/, String.raw`printf '%s\n'`);
  const env = { ...process.env, POSTHOG_PERSONAL_API_KEY: KEY };
  return execFileSync('bash', ['-c', script], { env, encoding: 'utf8' }).trimEnd().split('\n');
}

describe('the curl command of an entry', () => {
  it.each<{ case: string; asked: HttpRequest; sent: readonly string[] }>([
    { case: 'a key', asked: request(), sent: ['-H', `Authorization: Bearer ${KEY}`, URL] },
    { case: 'no key', asked: request({ headers: {} }), sent: [URL] },
    {
      case: 'an unknown scheme',
      asked: request({ headers: { authorization: `Token ${KEY}` } }),
      sent: ['-H', `Authorization: Token ${KEY}`, URL],
    },
    {
      case: 'the key in the query',
      asked: request({ headers: {}, query: `a=1&personal_api_key=${KEY}&b=2` }),
      sent: [`${URL}?a=1&personal_api_key=${KEY}&b=2`],
    },
    {
      case: 'the key in the body',
      asked: request({ headers: {}, body: `{"personal_api_key":"${KEY}"}` }),
      sent: ['-X', 'GET', '-H', 'Content-Type:', '--data-raw', `{"personal_api_key":"${KEY}"}`, URL],
    },
    {
      case: 'characters that curl would expand as a glob or a parent directory',
      asked: request({ headers: {}, path: '/api/../{id}/', query: 'a[b]=1' }),
      sent: ['--globoff', '--path-as-is', 'http://127.0.0.1:4010/api/../{id}/?a[b]=1'],
    },
    {
      case: 'relevant headers, without those that curl sends anyway',
      asked: request({
        headers: { accept: '*/*', prefer: 'code=403', 'user-agent': 'x', 'content-type': 'text/plain' },
      }),
      sent: ['-H', 'Content-Type: text/plain', '-H', 'Prefer: code=403', URL],
    },
    { case: 'HEAD', asked: request({ method: 'HEAD', headers: {} }), sent: ['--head', URL] },
    { case: 'another method', asked: request({ method: 'PATCH', headers: {} }), sent: ['-X', 'PATCH', URL] },
    {
      case: 'the host of the request',
      asked: request({ headers: { host: 'localhost:8080' } }),
      sent: [`http://localhost:8080${PATHS[STATS]}`],
    },
    {
      case: 'the origin of the request',
      asked: request({ headers: {}, origin: 'https://us.posthog.com' }),
      sent: [`https://us.posthog.com${PATHS[STATS]}`],
    },
  ])('repeats the request with $case', ({ asked, sent }) => {
    expect(argumentsOf(curlOf(asked))).toEqual(sent);
  });

  it.each([`'; rm -rf /; '`, '$(touch /tmp/x)', '`id`', '"\\', '!!', 'a b', '*?[x]', '~', '#'])(
    'quotes shell syntax in a request: %s',
    (text) => {
      const asked = requestWith(
        { prefer: text },
        { path: `/${text}`, query: `personal_api_key=${KEY}&q=${text}` },
      );
      expect(argumentsOf(curlOf(asked))).toEqual([
        ...(text.includes('[') ? ['--globoff'] : []),
        '-H',
        `Authorization: Bearer ${KEY}`,
        '-H',
        `Prefer: ${text}`,
        `http://127.0.0.1:4010/${text}?personal_api_key=${KEY}&q=${text}`,
      ]);
    },
  );

  it('escapes what a terminal would obey before the shell sees it', () => {
    const body = "it's\u001b[31m \\ \u0015rm\r\n\u202e\u200b\u2066 \u0007 ☃ e\u0301";
    const headers = { 'content-type': 'text/plain' };
    const query = `personal_api_key=${KEY}&q=\u001b[31m`;
    const command = curlOf(request({ method: 'POST', headers, query, body }));
    expect(command).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    expect(argumentsOf(command).slice(4).join('\n')).toBe(
      `Content-Type: text/plain\n--data-raw\n${body}\n${URL}?${query}`,
    );
  });

  it('ignores an invalid host', () => {
    expect(argumentsOf(curlOf(request({ headers: { host: '$(id)' } })))).toEqual([URL]);
  });

  it.each([
    { headers: { host: 'phx_secret.example' } },
    { headers: {}, origin: 'http://phx_secret.example' },
  ])('redacts a key in the host or origin: %j', (asked) => {
    expect(curlOf(request(asked))).not.toContain('secret');
  });

  it('names the session', () => {
    const session = createMock().session({ id: 'mine' });
    session.answer(request());
    expect(argumentsOf(session.journal.entries[0]?.curl ?? '')).toContain('X-Mock-Session: mine');
  });
});

describe('the curl command of an API that only its contract describes', () => {
  /** With every scheme; any one of them is enough. */
  const contract = {
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    components: {
      securitySchemes: {
        header: { type: 'apiKey', in: 'header', name: 'X-Shop-Key' },
        query: { type: 'apiKey', in: 'query', name: 'key' },
        cookie: { type: 'apiKey', in: 'cookie', name: 'sid' },
        basic: { type: 'http', scheme: 'basic' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
    security: ['header', 'query', 'cookie', 'basic', 'bearer'].map((name) => ({ [name]: [] })),
    paths: { '/pets': { get: { operationId: 'pets', responses: { 204: { description: 'None.' } } } } },
  };
  const pets = '127.0.0.1:4010/pets';

  it.each<[string, Partial<HttpRequest>, string]>([
    ['a header', { headers: { 'x-shop-key': 'abc' } }, `-H "X-Shop-Key: $API_KEY" http://${pets}`],
    [
      'Basic',
      { headers: { authorization: 'Basic dTpw' } },
      `-H "Authorization: Basic $API_KEY" http://${pets}`,
    ],
    [
      'a bearer token',
      { headers: { authorization: 'Bearer x1' } },
      `-H "Authorization: Bearer $API_KEY" http://${pets}`,
    ],
    ['a short query', { query: 'a=1&key=abc&b=2' }, `"http://${pets}?a=1&key=$API_KEY&b=2"`],
    ['a long query', { query: 'key=abcdefgh' }, `"http://${pets}?key=$API_KEY"`],
    [
      'a cookie, and no other',
      { headers: { cookie: 'a=1; sid=abc' } },
      `-H "Cookie: sid=$API_KEY" http://${pets}`,
    ],
    ['none', {}, `http://${pets}`],
  ])('has a neutral variable in the place of %s', (_, asked, command) => {
    const mock = createMock({ contract });
    mock.answer({ method: 'GET', path: '/pets', query: '', headers: {}, body: null, ...asked });
    const [entry] = mock.journal.entries;
    expect(entry?.curl).toBe(`curl ${command}`);
  });
});
