import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest, type JournalEntry } from '../../../src/index.ts';
import { PATHS, request, STATS } from '../asking.ts';

/** A request as the journal records it. */
function recorded(changes: Partial<HttpRequest>): JournalEntry['request'] {
  const mock = createMock();
  mock.answer(request({ headers: {}, ...changes }));
  const [entry] = mock.journal.entries;
  if (!entry) throw new Error('the journal is empty');
  return entry.request;
}

describe('the journal hides', () => {
  it.each(['authorization', 'Authorization', 'proxy-authorization', 'cookie', 'set-cookie', 'x-mock-token'])(
    'the whole header %s',
    (name) => {
      expect(recorded({ headers: { [name]: 'secret', accept: '*/*' } }).headers).toEqual({
        [name]: '[redacted]',
        accept: '*/*',
      });
    },
  );

  it.each([
    { case: 'a key', sent: 'a phx_secret-1 b', shown: 'a phx_… b' },
    { case: 'a key in any case', sent: 'PHX_SECRET', shown: 'PHX_…' },
    { case: 'a project key', sent: 'phc_secret', shown: 'phc_…' },
    { case: 'a session key', sent: 'phs_secret', shown: 'phs_…' },
    { case: 'an encoded key', sent: '%70hx%5Fsecret', shown: 'phx_…' },
    { case: 'a doubly encoded key', sent: '%2570hx_secret', shown: 'phx_…' },
    {
      case: 'the query of a URL',
      sent: 'http://a/b?x=1&personal_api_key=secret&y=2',
      shown: 'http://a/b?x=1&personal_api_key=[redacted]&y=2',
    },
    { case: 'nothing else', sent: 'a+b%20c?d=%2F&phx', shown: 'a+b%20c?d=%2F&phx' },
  ])('in any other header $case', ({ sent, shown }) => {
    expect(recorded({ headers: { referer: sent } }).headers).toEqual({ referer: shown });
  });

  it.each([
    { sent: 'foo, personal_api_key=secret, b', shown: 'foo, personal_api_key=[redacted]' },
    { sent: 'http://x/y#personal_api_key=secret', shown: 'http://x/y#personal_api_key=[redacted]' },
  ])('in any other header the field in $sent', ({ sent, shown }) => {
    expect(recorded({ headers: { prefer: sent } }).headers).toEqual({ prefer: shown });
  });

  it.each(['personal_api_key', 'X-Personal-Api-Key', 'x-api-key'])('the header %s', (name) => {
    expect(recorded({ headers: { [name]: 'secret' } }).headers).toEqual({ [name]: '[redacted]' });
  });

  it.each([
    ['query', { query: 'shop=s3cr3t-value' }],
    ['header', { headers: { shop: 's3cr3t-value' } }],
  ])('a key in the %s, also where it is not needed', (place, asked) => {
    const scheme = { type: 'apiKey', in: place, name: 'shop' };
    const get = { security: [{}, { Key: [] }], responses: { 204: { description: 'Done.' } } };
    const mock = createMock({
      contract: {
        openapi: '3.1.0',
        info: { title: 'Shop', version: '1' },
        paths: { '/pets': { get } },
        components: { securitySchemes: { Key: scheme } },
      },
    });
    mock.answer({ method: 'GET', path: '/pets', query: '', headers: {}, body: null, ...asked });
    expect(mock.journal.entries).toMatchObject([{ status: 204, findings: [] }]);
    expect(JSON.stringify(mock.journal.entries)).not.toContain('s3cr3t');
  });

  it('a key used as a header name', () => {
    expect(recorded({ headers: { phx_secret: '1' } }).headers).toEqual({ 'phx_…': '1' });
  });

  it.each([
    { sent: 'personal_api_key=secret', shown: 'personal_api_key=[redacted]' },
    { sent: 'a=1&personal_api_key=secret&b=2', shown: 'a=1&personal_api_key=[redacted]&b=2' },
    { sent: 'personal%5Fapi_key=secret', shown: 'personal%5Fapi_key=[redacted]' },
    { sent: 'PERSONAL_API_KEY=secret', shown: 'PERSONAL_API_KEY=[redacted]' },
    { sent: 'personal%255Fapi_key=secret', shown: 'personal%255Fapi_key=[redacted]' },
    { sent: 'personal_api_key[]=secret&b=2', shown: 'personal_api_key[]=[redacted]&b=2' },
    { sent: '+personal_api_key=secret', shown: '+personal_api_key=[redacted]' },
    { sent: 'a=1;personal_api_key=secret;b=2', shown: 'a=1;personal_api_key=[redacted];b=2' },
    { sent: 'next=%2Fx%3Fpersonal_api_key%3Da%26secret', shown: 'next=/x?personal_api_key=[redacted]' },
    {
      sent: 'e=%5B%7B%22personal_api_key%22%3A%22secret%22%7D%5D',
      shown: 'e=[{"personal_api_key":[redacted]',
    },
    { sent: 'personal_api_key', shown: 'personal_api_key' },
    { sent: 'personal_api_key=a=b', shown: 'personal_api_key=[redacted]' },
    { sent: 'next=/a?personal_api_key=secret', shown: 'next=/a?personal_api_key=[redacted]' },
    { sent: 'name=personal_api_key&value=secret&b=2', shown: 'name=personal_api_key&value=[redacted]&b=2' },
    { sent: 'name=personal%5Fapi_key&value=secret', shown: 'name=personal%5Fapi_key&value=[redacted]' },
    { sent: 'a[personal_api_key]=secret', shown: 'a[personal_api_key]=[redacted]' },
    { sent: 'personal_api_keys=secret', shown: 'personal_api_keys=[redacted]' },
    { sent: 'personal_api_key_count=3&b=2', shown: 'personal_api_key_count=3&b=2' },
    { sent: 'personal_api_key-id=3', shown: 'personal_api_key-id=3' },
    {
      sent: 'e=%5B%7B%22name%22%3A%22personal_api_key%22%2C%22value%22%3A%22secret%22%7D%5D',
      shown: 'e=[{"name":"personal_api_key","value":[redacted]',
    },
    { sent: 'token=phx_secret', shown: 'token=phx_…' },
    { sent: 'phx_secret=1', shown: 'phx_…=1' },
    { sent: 'a=ph%78_secret&b=%20', shown: 'a=phx_…&b=%20' },
    { sent: 'a=%ZZ%70hx_secret', shown: 'a=%ZZphx_…' },
    { sent: 'events=%5B%7B%22id%22%3A%22a%22%7D%5D', shown: 'events=%5B%7B%22id%22%3A%22a%22%7D%5D' },
  ])('the secrets of the query $sent', ({ sent, shown }) => {
    expect(recorded({ query: sent }).query).toBe(shown);
  });

  it.each([
    { sent: '/api/phx_secret/stats/', shown: '/api/phx_…/stats/' },
    { sent: '/a%2Fphx_secret', shown: '/a/phx_…' },
    { sent: '/%70%68%78%5f%73', shown: '/phx_…' },
    { sent: '/%252570hx_secret', shown: '/phx_…' },
    { sent: '/a%20b/%ff', shown: '/a%20b/%ff' },
    { sent: '/x/personal_api_key=secret', shown: '/x/personal_api_key=[redacted]' },
    { sent: '/x%3Fpersonal_api_key%3Dsecret', shown: '/x?personal_api_key=[redacted]' },
    { sent: '/api/x;personal_api_key=secret', shown: '/api/x;personal_api_key=[redacted]' },
    { sent: '/a%0A%1B%5B31m%70hx_secret', shown: '/a%0A%1B[31mphx_…' },
    { sent: `/${'%25'.repeat(20)}70hx_secret`, shown: `/${'%'.repeat(19)}phx_…` },
    { sent: `/%${'25'.repeat(5)}70hx_secret`, shown: '/phx_…' },
    { sent: `/%${'25'.repeat(20)}70hx_secret`, shown: '/[redacted]' },
  ])('the secrets of the path $sent, in the hint as well', ({ sent, shown }) => {
    const mock = createMock();
    mock.answer(request({ path: sent }));
    const [entry] = mock.journal.unmatched;
    expect(entry?.request.path).toBe(shown);
    expect(entry?.hint).not.toContain('secret');
  });

  it.each([
    {
      case: 'JSON',
      sent: '{"personal_api_key":"secret","a":1}',
      shown: '{"personal_api_key":"[redacted]","a":1}',
    },
    {
      case: 'JSON with escapes',
      sent: '{"personal\\u005fapi_key":"secret","a":"\\u0070hx_secret"}',
      shown: '{"personal_api_key":"[redacted]","a":"phx_…"}',
    },
    {
      case: 'nested JSON',
      sent: '[{"a":{"personal_api_key":{"b":"secret"}}},"phx_secret"]',
      shown: '[{"a":{"personal_api_key":"[redacted]"}},"phx_…"]',
    },
    { case: 'a name in JSON', sent: '{"phx_secret":1}', shown: '{"phx_…":1}' },
    {
      case: 'a pair of a name and a value',
      sent: '[{"name":"personal_api_key","value":"secret"},{"value":{"a":"secret"},"key":"PERSONAL_API_KEY"},{"name":"b","value":1}]',
      shown:
        '[{"name":"personal_api_key","value":"[redacted]"},{"value":"[redacted]","key":"PERSONAL_API_KEY"},{"name":"b","value":1}]',
    },
    {
      case: 'an entry',
      sent: '[["personal_api_key","secret"],["b","shown"]]',
      shown: '[["personal_api_key","[redacted]"],["b","shown"]]',
    },
    {
      case: 'a pair in JSON in JSON',
      sent: '{"a":"[{\\"name\\":\\"personal_api_key\\",\\"value\\":\\"secret\\"}]"}',
      shown: '{"a":"[{\\"name\\":\\"personal_api_key\\",\\"value\\":[redacted]"}',
    },
    {
      case: 'nothing of a field with a longer name',
      sent: '{"personal_api_key_count":3,"personal_api_key_id":"shown"}',
      shown: '{"personal_api_key_count":3,"personal_api_key_id":"shown"}',
    },
    {
      case: 'a URL in JSON',
      sent: '{"a":"/b?personal_api_key=secret"}',
      shown: '{"a":"/b?personal_api_key=[redacted]"}',
    },
    { case: 'an encoded key in JSON', sent: '{"a":"%70hx_secret"}', shown: '{"a":"phx_…"}' },
    {
      case: 'a form that happens to be JSON',
      sent: '"&personal_api_key=secret&"',
      shown: '"&personal_api_key=[redacted]&"',
    },
    {
      case: 'JSON in JSON',
      sent: '{"a":"{\\"personal_api_key\\":\\"secret\\"}"}',
      shown: '{"a":"{\\"personal_api_key\\":\\"[redacted]\\"}"}',
    },
    {
      case: 'a name in capitals',
      sent: '{"PERSONAL_API_KEY":"secret"}',
      shown: '{"PERSONAL_API_KEY":"[redacted]"}',
    },
    { case: 'a form', sent: 'a=1&personal_api_key=secret', shown: 'a=1&personal_api_key=[redacted]' },
    { case: 'text without a secret', sent: 'my key\n is elsewhere', shown: 'my key\n is elsewhere' },
    {
      case: 'JSON without a secret',
      sent: '{"__proto__":{"a":[1,null,"b"]}}',
      shown: '{"__proto__":{"a":[1,null,"b"]}}',
    },
  ])('in a body, $case', ({ sent, shown }) => {
    expect(recorded({ method: 'POST', body: sent }).body).toBe(shown);
  });

  it.each([
    '{"personal_api_key": "secr',
    '{"personal_api_key":"se\\"cret","a":}',
    '{"personal\\u005fapi_key":"secret",',
    '{"a":"\\u0070hx_secret"',
    "{personal_api_key: 'secret', a: 1",
    'personal_api_key:\n  - secret',
    '--x\r\nContent-Disposition: form-data; name="personal_api_key"\r\n\r\nsecret\r\n--x--',
    '--x\r\nContent-Disposition: form-data; name=personal_api_key; filename=a\r\nContent-Type: text/plain\r\n\r\nsecret\r\n--x--',
    '<personal_api_key type="text">secret</personal_api_key>',
    [...'{"personal_api_key": "secret"}'].join('\0'),
    'my key is phx_secret',
    '{"a":"phx_secret","a":1}',
    '{"name":"personal_api_key","value":"secret","name":"x","b":"a\\":"}',
  ])('a body as a whole when it names a key and is not read completely: %j', (body) => {
    expect(recorded({ method: 'POST', body }).body).toBe('[redacted]');
  });

  it('a key used as the method or within an origin', () => {
    expect(recorded({ method: 'phx_secret' }).method).toBe('phx_…');
    const mock = createMock({ origin: 'https://us.posthog.com' });
    mock.answer({ ...request(), origin: 'http://phx_secret.example' });
    expect(mock.journal.entries[0]?.hint).toBe(
      'The mock stands in for https://us.posthog.com only; the request went to http://phx_….example.',
    );
  });
});

it.each([
  { case: 'a path', changes: { path: '/phx_secret' } },
  { case: 'a path below /api/', changes: { path: '/api/phx_secret/experiments/stats/' } },
  { case: 'a method', changes: { path: '/', method: 'phx_secret' } },
  { case: 'a preference', changes: { headers: { prefer: 'scenario=phx_secret' } } },
  { case: 'a preference with escapes', changes: { headers: { prefer: 'scenario=ph%78_secret' } } },
  { case: 'a code with escapes', changes: { headers: { prefer: 'code=ph%78_secret' } } },
  { case: 'a field in the path', changes: { path: '/nope%3Fpersonal_api_key%3Dsecret' } },
  { case: 'a field in a path below /api/', changes: { path: '/api/x/personal_api_key=secret' } },
  { case: 'a delay', changes: { headers: { prefer: 'delay=phx_secret' } } },
  { case: 'a key', changes: { headers: { authorization: 'Bearer phx_secret' } } },
])('no reply repeats a key sent as $case', ({ changes }) => {
  expect(JSON.stringify(createMock().answer(request(changes)))).not.toContain('secret');
});

describe('no key that a request carries', () => {
  const key = fc
    .tuple(fc.constantFrom('phx_', 'phc_', 'phs_', 'PHX_'), fc.stringMatching(/^[A-Za-z0-9_-]{8,40}$/))
    .map((parts) => parts.join(''));
  const filler = fc.string({ maxLength: 5 });
  const encoded = fc.constantFrom<(text: string) => string>(
    (text) => text,
    encodeURIComponent,
    (text) => text.replaceAll(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  );
  const wrapped = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => JSON.stringify({ a: [text], [text]: text }),
    (text) => `{"personal_api_key":"${text}`,
    (text) => `a=1&personal_api_key=${text}&b`,
    (text) => `/x/${text}?${text}`,
  );
  const carrier = fc
    .record({ key, encode: encoded, wrap: wrapped, before: filler, after: filler })
    .map(({ key, encode, wrap, before, after }) => ({
      key,
      text: `${before} ${wrap(encode(key))} ${after}`,
    }));

  it('ever appears in the journal', () => {
    const places = ['path', 'query', 'body', 'header', 'name', 'authorization', 'method'] as const;
    fc.assert(
      fc.property(carrier, fc.constantFrom(...places), fc.boolean(), ({ key, text }, place, isMatched) => {
        const mock = createMock();
        const path = place === 'path' ? `/${text}` : isMatched ? PATHS[STATS] : '/elsewhere/';
        const header = place === 'name' ? { [text]: 'x' } : { [place]: text };
        mock.answer({
          method: place === 'method' ? text : 'POST',
          path,
          query: place === 'query' ? text : '',
          headers: { 'x-other': 'y', ...header },
          body: place === 'body' ? text : null,
        });
        const shown = JSON.stringify(mock.journal.entries);
        expect(shown).not.toContain(key);
        expect(shown).not.toContain(key.slice(4));
      }),
      { numRuns: 500 },
    );
  });
});
