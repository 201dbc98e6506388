import { describe, expect, it } from 'vitest';
import { KEY, live, report, run } from './support/live.ts';
import { contractWith, ONLY_THING } from './support/things.ts';

describe('sends the key as the contract wants it', () => {
  const basic = `Basic ${btoa(KEY)}`;
  it.each([
    ['token', '/v1/things/5', { authorization: `Bearer ${KEY}` }],
    ['user', '/v1/things/5', { authorization: basic }],
    ['header', '/v1/things/5', { 'x-key': KEY }],
    ['query', `/v1/things/5?key=${encodeURIComponent(KEY)}`, {}],
    ['cookie', '/v1/things/5', { cookie: `sid=${encodeURIComponent(KEY)}` }],
  ])('%s', async (scheme, path, expected) => {
    const { url, requests } = await live((_, response) => response.end());
    await report({ target: url, contract: contractWith({ security: [{ [scheme]: [] }] }), ...ONLY_THING });
    const [{ url: sent, headers } = {}] = requests;
    const { authorization, cookie, 'x-key': key } = headers ?? {};
    expect({ sent, headers: JSON.parse(JSON.stringify({ authorization, cookie, 'x-key': key })) }).toEqual({
      sent: path,
      headers: expected,
    });
  });

  it('and not to an operation that needs none', async () => {
    const { url, requests } = await live((_, response) => response.end());
    await report({ target: `${url}/api`, contract: contractWith({ security: [] }), ...ONLY_THING });
    expect(requests.map(({ url: sent, headers }) => [sent, headers.authorization])).toEqual([
      ['/api/things/5', undefined],
    ]);
  });

  it('and says so where live wants one all the same', async () => {
    const { url } = await live((_, response) => response.writeHead(401).end());
    const { operations } = await report({
      target: url,
      contract: contractWith({ security: [] }),
      ...ONLY_THING,
    });
    expect(operations).toMatchObject([
      {
        reason: 'live answers 401: no key was sent, because the contract asks for none here.',
        refusesKey: false,
      },
    ]);
  });

  it('and nothing where it cannot be sent', async () => {
    const { url, requests } = await live((_, response) => response.end());
    const { code, operations } = await report({
      target: url,
      contract: contractWith({ security: [{ tls: [] }] }),
      ...ONLY_THING,
    });
    expect(operations.map(({ reason }) => reason)).toEqual([
      'its credential cannot be sent: "tls" is not a bearer, basic or apiKey scheme.',
    ]);
    expect({ code, requests }).toEqual({ code: 2, requests: [] });
  });
});

describe('a key that is refused', () => {
  /** Refuses the one operation and answers the other, both without headers that the mock sends. */
  const refusing = (statuses: readonly [stats: number, flag: number]) =>
    live((request, response) => {
      const status = statuses[request.url?.includes('/stats/') ? 0 : 1];
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ type: 'authentication_error', code: 'x', detail: 'x', attr: null }));
    });

  it.each<[readonly [number, number], string]>([
    [[401, 401], 'The key is refused by 2 of 2 operations (401).'],
    [[403, 401], 'The key is refused by 2 of 2 operations (401, 403).'],
    [[403, 500], 'The key is refused by 1 of 2 operations (403).'],
  ])('with %j is the first line, and drift is not what the exit code says', async (statuses, line) => {
    const { url } = await refusing(statuses);
    const { code, out } = await run({ target: url, format: 'text' });
    expect(out.split('\n')[0]).toBe(line);
    expect(out).toMatch(/\n0 of 2 operations compared with http.*: \d notes, 2 could not be compared\.\n$/);
    expect(code).toBe(2);
  });
});
