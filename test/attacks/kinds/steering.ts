import assert from 'node:assert/strict';
import { type Attack, KEY, MEBIBYTE, openSession, REFUSALS, STATS } from '../attack.ts';

const list = (row: string, times: number) => `[${Array(times).fill(row).join(',')}]`;
const members = (times: number) => Array.from({ length: times }, (_, index) => `"a${index}":1`).join(',');
const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

/** Rows that are wrong, by the collection that has them. `count` is a million, or fewer in CI. */
const WRONG_ROWS: readonly { readonly of: string; readonly rows: (count: number) => string }[] = [
  { of: 'a million numbers for rows', rows: (count) => `{"experiments":${list('1', count)}}` },
  { of: '200,000 empty rows', rows: (count) => `{"experiments":${list('{}', count / 5)}}` },
  { of: 'rows of one id', rows: (count) => `{"experiments":${list('{"id":1,"project_id":1}', count / 5)}}` },
  {
    of: 'rows that refer to nothing',
    rows: (count) => {
      const row = (_: unknown, id: number) => `{"id":${id + 1},"project_id":99}`;
      return `{"experiments":[${Array.from({ length: count / 5 }, row).join(',')}]}`;
    },
  },
  { of: 'a million unknown fields in a row', rows: (count) => `{"experiments":[{${members(count)}}]}` },
  { of: 'a million unknown collections', rows: (count) => `{${members(count)}}` },
  {
    of: 'wrong values in a million places of a row',
    rows: (count) => `{"personalApiKeys":[{"value":"a","user_id":1,"scopes":${list('1', count)}}]}`,
  },
  { of: 'a million wrong events', rows: (count) => `{"events":${list('{"event":1}', count / 5)}}` },
  {
    of: 'very deep rows',
    rows: (count) => `{"actions":[{"id":1,"project_id":1,"steps":${nested(count / 2)}}]}`,
  },
  {
    of: 'a deep value in a row',
    rows: (count) => `{"experiments":[{"id":1,"project_id":1,"parameters":${nested(count / 2)}}]}`,
  },
  {
    of: 'a time of 14 MB',
    rows: (count) => `{"experiments":[{"id":1,"project_id":1,"start_date":"now${'-1d'.repeat(count)}"}]}`,
  },
];

interface Text {
  readonly of: string;
  readonly method: string;
  readonly path: string;
  readonly body: (text: string) => string;
}

const LONG_TEXTS: readonly Text[] = [
  { of: 'scenario', method: 'PUT', path: '/scenario', body: (text) => `{"scenario":"${text}"}` },
  {
    of: 'operation',
    method: 'PUT',
    path: '/scenario',
    body: (text) => `{"scenario":"ok","operation":"${text}"}`,
  },
  { of: 'member', method: 'PUT', path: '/scenario', body: (text) => `{"scenario":"ok","${text}":1}` },
  { of: 'time', method: 'PUT', path: '/clock', body: (text) => `{"now":"${text}"}` },
  { of: 'session', method: 'POST', path: '/sessions', body: (text) => `{"id":"${text}"}` },
  { of: 'origin', method: 'POST', path: '/sessions', body: (text) => `{"origin":"${text}"}` },
  {
    of: 'operation of a session',
    method: 'POST',
    path: '/sessions',
    body: (text) => `{"scenario":{"${text}":"ok"}}`,
  },
];

const WIDE: Readonly<Record<string, readonly [string, string, (map: string) => string]>> = {
  'the scenarios of a session': ['POST', '/sessions', (map) => `{"scenario":{${map}}}`],
  'a row of a session': [
    'POST',
    '/sessions',
    (map) => `{"fixtures":{"experiments":[{"id":1,"project_id":1,"parameters":{${map}}}]}}`,
  ],
  'a choice of a snapshot': ['PUT', '/fixtures', (map) => `{"choices":[{"scenario":"ok",${map}}]}`],
  'the clock of a snapshot': ['PUT', '/fixtures', (map) => `{"clock":{${map}}}`],
};

/** What the control plane finds wrong is listed up to a bound, and takes time in proportion to what it was sent. */
export const STEERING: readonly Attack[] = [
  ...WRONG_ROWS.map(
    ({ of, rows }): Attack => ({
      name: `PUT fixtures: ${of}`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const fixtures = `${await openSession(target)}/__mock__/fixtures`;
        const headers = { 'content-type': 'application/json' };
        const before = (await target.ask('GET', fixtures)).text;
        const snapshot = { ...JSON.parse(before), rows: null };
        const body = JSON.stringify(snapshot).replace(
          '"rows":null',
          () => `"rows":${rows(size(1_000_000, 200_000))}`,
        );
        const { status, text } = await target.ask('PUT', fixtures, { body, headers });
        if (status === 204) {
          const given = await target.ask('GET', fixtures);
          assert.equal(given.status, 200);
        } else {
          assert.ok(REFUSALS.has(status), `${status}: ${text.slice(0, 200)}`);
          assert.equal(
            (await target.ask('GET', fixtures)).text.length,
            before.length,
            'refused rows were kept',
          );
        }
      },
    }),
  ),
  ...LONG_TEXTS.map(
    ({ of, method, path, body }): Attack => ({
      name: `a name of 14 MB: ${of}`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const base = await openSession(target);
        const root = path === '/sessions' ? '/__mock__' : `${base}/__mock__`;
        for (const text of ['a', 'ok', '-1d', '\\u202e']) {
          const sent = body(text.repeat(size(14 * MEBIBYTE, 2 * MEBIBYTE) / text.length));
          const headers = { 'content-type': 'application/json' };
          const answer = await target.ask(method, root + path, { body: sent, headers });
          assert.ok(answer.status >= 400, `it is accepted: ${answer.status}`);
        }
      },
    }),
  ),
  {
    name: 'a million unknown members of a control call',
    make: async ({ serve, size }) => {
      const target = await serve();
      const body = `{"scenario":"ok",${members(size(1_000_000, 200_000))}}`;
      const headers = { 'content-type': 'application/json' };
      const { status, text } = await target.ask('PUT', '/__mock__/scenario', { body, headers });
      assert.ok(REFUSALS.has(status), `${status}: ${text.slice(0, 200)}`);
    },
  },
  ...Object.entries(WIDE).map(
    ([of, [method, path, body]]): Attack => ({
      name: `many names in ${of}`,
      make: async ({ serve, size }) => {
        const target = await serve();
        const headers = { 'content-type': 'application/json' };
        const sent = body(members(size(1_000_000, 90_000)));
        const { status, text } = await target.ask(method, `/__mock__${path}`, { body: sent, headers });
        assert.ok(REFUSALS.has(status), `${status}: ${text.slice(0, 200)}`);
      },
    }),
  ),
  {
    name: 'very deep JSON for the API and the control plane',
    make: async ({ serve, size }) => {
      const target = await serve(['--log-level', 'debug']);
      const depth = size(500_000, 200_000);
      const headers = { ...KEY, 'content-type': 'application/json' };
      for (const body of [nested(depth), `{"personal_api_key":${nested(depth)}}`, '{"a":'.repeat(depth)]) {
        await target.ask('POST', STATS, { body, headers });
        for (const path of ['/scenario', '/fixtures', '/clock']) {
          const { status } = await target.ask('PUT', `/__mock__${path}`, { body, headers });
          assert.ok(REFUSALS.has(status), `${path}: ${status}`);
        }
        await target.ask('POST', '/__mock__/sessions', { body, headers });
      }
      await target.ask('GET', '/__mock__/requests');
    },
  },
];
