import type { RequestListener } from 'node:http';
import { expect, it } from 'vitest';
import type { DriftFlags } from '../../src/cli/drift-flags.ts';
import { contractFile, KEY, live, run } from './support/live.ts';

/** A thing with a member for each key of the user. */
const OPEN = contractFile({
  openapi: '3.1.0',
  info: { title: 'Open', version: '1' },
  components: { securitySchemes: { key: { type: 'apiKey', in: 'query', name: 'token' } } },
  paths: {
    '/open': {
      get: {
        operationId: 'open',
        security: [{ key: [] }],
        responses: {
          200: {
            description: 'A thing.',
            content: {
              'application/json': {
                schema: { type: 'object', properties: { a: { type: 'string' } } },
                example: { a: 'x' },
              },
            },
          },
        },
      },
    },
  },
});

const DIGITS = '918273645';

const ECHOES = {
  plain: KEY,
  base64: btoa(KEY),
  'base64 of a header': btoa(`Bearer ${KEY}`),
  hexadecimal: Buffer.from(KEY).toString('hex'),
  'percent-encoded': [...KEY].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  'in upper case': KEY.toUpperCase(),
  'as JSON pointers have it': KEY.replace('/', '~1'),
};

it.each(['text', 'json', 'sarif'] as const)(
  'no %s report repeats a key that live sends back',
  async (format) => {
    const { url } = await live((_, response) => {
      const names = Object.values(ECHOES).map((text) => [`x ${text} x`, text]);
      response.writeHead(200, {
        'Content-Type': `application/json; key=${KEY}`,
        'X-Key': KEY,
        [`X-${ECHOES.hexadecimal}`]: '',
        Allow: 'GET',
      });
      response.end(JSON.stringify({ a: KEY, ...Object.fromEntries(names) }));
    });
    const { code, out, err } = await run({ target: url, contract: OPEN, format });
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('[redacted]');
    for (const text of Object.values(ECHOES)) expect(out.toLowerCase()).not.toContain(text.toLowerCase());
  },
);

it.each([
  [
    'in the URL of a redirect',
    (_: string) => ({ status: 302, location: `http://${ECHOES.hexadecimal}.example/?k=${KEY}` }),
  ],
  ['as a media type', (_: string) => ({ status: 200, location: '' })],
])('nor where it comes %s', async (_, answer) => {
  const { url } = await live((request, response) => {
    const { status, location } = answer(request.url ?? '');
    response.writeHead(status, { 'Content-Type': `text/${KEY}`, ...(location && { Location: location }) });
    response.end('x');
  });
  const { out } = await run({ target: url, contract: OPEN, format: 'text' });
  for (const text of Object.values(ECHOES)) expect(out.toLowerCase()).not.toContain(text.toLowerCase());
});

it.each<[string, Partial<DriftFlags>, RequestListener]>([
  ['as the time to wait', {}, (_, response) => response.writeHead(429, { 'Retry-After': DIGITS }).end()],
  ['in the path of the target', { target: `http://192.0.2.1/${DIGITS}`, timeout: 0.1 }, () => {}],
  ['in a value that cannot be sent', { param: [`X-Team=${DIGITS}\n`] }, () => {}],
])('nor, if it is digits, %s', async (_, flags, answer) => {
  const { url } = await live(answer);
  const contract = contractFile({
    openapi: '3.1.0',
    info: { title: 'Team', version: '1' },
    paths: {
      '/team': {
        get: {
          operationId: 'team',
          parameters: [{ name: 'X-Team', in: 'header', required: true, schema: {}, example: 'a' }],
          responses: { 200: { description: 'A team.' } },
        },
      },
    },
  });
  const { code, out, err } = await run({ target: url, contract, format: 'text', ...flags }, false, DIGITS);
  expect(code).toBe(2);
  expect(out + err).not.toContain(DIGITS);
});

it.each(['text', 'json', 'sarif'] as const)(
  'a key that equals a word of the %s report leaves the report as it is',
  async (format) => {
    const { url } = await live((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json', 'X-New': '1' });
      response.end(JSON.stringify({ a: 1, more: 2 }));
    });
    const reportWith = (key?: string) => run({ target: url, contract: OPEN, format }, false, key);
    const usual = await reportWith();
    expect(usual.out).toMatch(/live.breaks.(?:the )?contract/);
    const words = ['live', 'breaks', 'contract', 'body', 'error', 'warning', 'note', 'expected', 'found'];
    for (const key of [...words, 'header', 'string', 'open', 'http', '2.1.0', 'version'])
      expect([key, await reportWith(key)]).toEqual([key, usual]);
  },
);

it('a report has names and types, and no value of a body', async () => {
  const { url } = await live((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'X-Name': 'Nora' });
    response.end(JSON.stringify({ a: 4711, more: 'Nora', deep: [{ mail: 'nora@fernweh.example' }] }));
  });
  const { out } = await run({ target: url, contract: OPEN });
  expect(out).toContain('/more');
  expect(out).not.toMatch(/nora|4711|fernweh/i);
});

it.each<[string, Partial<DriftFlags>, string]>([
  ['a key in place of a name', { keyEnv: KEY }, '--key-env: there is no such variable, or it is empty.'],
  [
    'a key in the URL',
    { target: `http://user:${encodeURIComponent(KEY)}@127.0.0.1/` },
    '--target has a user or a password;',
  ],
  [
    'a key in the query of the URL',
    { target: `http://127.0.0.1/?key=${KEY}` },
    '--target: expected a URL without a query',
  ],
])('refuses %s', async (_, flags, message) => {
  const failure = await run({ target: 'http://127.0.0.1:9', ...flags }).catch((cause: unknown) => cause);
  expect(failure).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  expect(decodeURIComponent(String(failure))).not.toContain(KEY);
});
