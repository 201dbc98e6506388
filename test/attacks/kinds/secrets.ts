import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { message, open, send } from '../../server/support/raw.ts';
import { type Attack, SECRET, STATS } from '../attack.ts';
import { findSecret } from '../process.ts';

const KEY = `phx_${SECRET}`;
const REQUIRES = '/api/projects/1/experiments/requires_flag_implementation/';
const PART = 'Content-Disposition: form-data; name="personal_api_key"';

/** Keys of the fixtures: one that the client beside the attack uses, and two to look for. */
const KEYS = ['phx_experiment_read', KEY, SECRET].map((value) => ({
  value,
  user_id: 1,
  scopes: ['experiment:read'],
}));

interface Carrier {
  readonly as: string;
  readonly target?: string;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Each character is a byte. */
  readonly body?: string;
}

const part = (fields: string) => `--x\r\n${fields}\r\n\r\n${SECRET}\r\n--x--\r\n`;
const bytes = (text: string, encoding: BufferEncoding) => Buffer.from(text, encoding).toString('latin1');
const entities = (text: string) => text.replaceAll(/[a-z]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const base64 = (text: string) => Buffer.from(text).toString('base64');

const CARRIERS: readonly Carrier[] = [
  {
    as: 'a part with a file name',
    type: 'multipart/form-data; boundary=x',
    body: part(`${PART}; filename="a"`),
  },
  {
    as: 'a part with a type',
    type: 'multipart/form-data; boundary=x',
    body: part(`${PART}\r\nContent-Type: text/plain`),
  },
  {
    as: 'a part whose type comes first',
    type: 'multipart/form-data; boundary=x',
    body: part(`Content-Type: text/plain\r\n${PART}`),
  },
  { as: 'YAML', type: 'application/yaml', body: `personal_api_key: ${SECRET}\n` },
  { as: 'a block of YAML', type: 'application/yaml', body: `personal_api_key: |\n  ${SECRET}\n` },
  { as: 'a list of YAML', type: 'application/yaml', body: `personal_api_key:\n  - ${SECRET}\n` },
  {
    as: 'an element of XML',
    type: 'application/xml',
    body: `<personal_api_key>${SECRET}</personal_api_key>`,
  },
  { as: 'an attribute of XML', type: 'text/xml', body: `<a name="personal_api_key" value="${SECRET}"/>` },
  { as: 'CDATA', type: 'text/xml', body: `<personal_api_key><![CDATA[${SECRET}]]></personal_api_key>` },
  { as: 'JSON without a colon', type: 'application/json', body: `{"personal_api_key" "${SECRET}"}` },
  { as: 'JSON with two values', type: 'application/json', body: `{"personal_api_key": "a" "${SECRET}"}` },
  { as: 'JSON with a comment', type: 'application/json', body: `{"personal_api_key": /**/ "${SECRET}"}` },
  { as: 'JSON without quotes', type: 'application/json', body: `{personal_api_key: [${SECRET}` },
  { as: 'one of two members in JSON', type: 'application/json', body: `{"a": "${KEY}", "a": 1}` },
  { as: 'a list in JSON', type: 'application/json', body: `{"personal_api_key": [["${SECRET}"]]}` },
  { as: 'an object in JSON', type: 'application/json', body: `{"personal_api_key": {"a": "${SECRET}"}}` },
  {
    as: 'a name and a value in JSON',
    type: 'application/json',
    body: `[{"name": "personal_api_key", "value": "${SECRET}"}]`,
  },
  {
    as: 'a name and a value in a form',
    type: 'application/x-www-form-urlencoded',
    body: `name=personal_api_key&value=${SECRET}`,
  },
  { as: 'JSON of a known key alone', type: 'application/json', body: `{"a": "${SECRET}"}` },
  { as: 'text of a known key alone', type: 'text/plain', body: `it is ${SECRET}.` },
  { as: 'a form of a known key alone', type: 'application/x-www-form-urlencoded', body: `a=${SECRET}` },
  { as: 'UTF-16', type: 'text/plain; charset=utf-16le', body: bytes(KEY, 'utf16le') },
  {
    as: 'JSON in UTF-16',
    type: 'application/json',
    body: bytes(`{"personal_api_key":"${SECRET}"}`, 'utf16le'),
  },
  { as: 'escapes of bytes', type: 'text/plain', body: `\\x70hx_${SECRET}` },
  { as: 'entities', type: 'text/html', body: `${entities('phx')}_${SECRET}` },
  { as: 'hexadecimal entities', type: 'text/html', body: `&#x70;hx&#95;${SECRET}` },
  { as: 'old escapes', type: 'text/plain', body: `%u0070hx_${SECRET}` },
  { as: 'old escapes in a query', target: `${STATS}?a=%u0070hx_${SECRET}` },
  { as: 'a known key in a query', target: `${STATS}?a=${SECRET}` },
  { as: 'a known key in a path', target: `/api/projects/${SECRET}/experiments/stats/` },
  { as: 'a known key in a header', headers: { 'X-Other': `a ${SECRET} b` } },
  { as: 'quoted pairs in a preference', headers: { Prefer: `scenario="ph\\x_${SECRET}"` } },
  { as: 'quoted pairs of a known key', headers: { Prefer: `scenario="${SECRET.replace('4', '\\4')}"` } },
  {
    as: 'an action that does not exist',
    target: `${REQUIRES}?actions=[{"id":"${KEY}"}]`.replaceAll('"', '%22'),
  },
  {
    as: 'a known key as an action',
    target: `${REQUIRES}?actions=[{"id":"${SECRET}"}]`.replaceAll('"', '%22'),
  },
  { as: 'properties that are not JSON', target: `${REQUIRES}?properties=${KEY}` },
  { as: 'Basic', headers: { Authorization: `Basic ${base64(`${KEY}:`)}` } },
  { as: 'base64 in the field', type: 'application/json', body: `{"personal_api_key":"${base64(KEY)}"}` },
];

/** The forms that can be read back, whatever stands between their letters. */
function leakIn(text: string): string | null {
  const plain = text
    .replaceAll(/\0|\\u0000|%00/g, '')
    .replaceAll('\\\\4', '4')
    .replaceAll('\\4', '4');
  return findSecret(plain) ?? [KEY, `${KEY}:`].map(base64).find((coded) => plain.includes(coded)) ?? null;
}

/** A key is in no log, journal, event or curl command, however it was sent. */
export const SECRETS: readonly Attack[] = [
  {
    name: 'keys in every place and encoding of a request',
    make: async ({ folder, serve }) => {
      writeFileSync(join(folder, 'personal-api-keys.json'), JSON.stringify(KEYS));
      const target = await serve(['--fixtures', folder, '--log-level', 'debug']);
      const events = open(target.port, message('GET', '/__mock__/events'));
      let told = '';
      events.on('data', (chunk) => {
        told += chunk;
      });
      await once(events, 'data');
      const leaks: string[] = [];
      for (const { as, target: path = STATS, type, headers = {}, body = '' } of CARRIERS) {
        const [written, heard] = [target.output().length, told.length];
        const typed = type === undefined ? headers : { ...headers, 'Content-Type': type };
        const content = { 'Content-Length': String(body.length), ...typed };
        const answer = await send(target.port, `${message(body ? 'POST' : 'GET', path, content)}${body}`);
        assert.match(answer, /^HTTP\/1\.1 \d/);
        const { text } = await target.ask('GET', '/__mock__/requests?limit=1');
        await target.ask('DELETE', '/__mock__/requests');
        const sinks = { journal: text, log: target.output().slice(written), event: told.slice(heard) };
        for (const [sink, shown] of Object.entries(sinks)) {
          if (leakIn(shown) !== null) leaks.push(`${as} (${sink})`);
        }
      }
      assert.deepEqual(leaks, [], `keys are shown that were sent as ${leaks.join(', ')}`);
    },
  },
  {
    name: 'keys in fixtures that are wrong',
    make: async ({ folder, command }) => {
      const rows = [
        { value: KEY, user_id: 999, scopes: [KEY] },
        { value: SECRET, user_id: KEY, scopes: 1 },
        { value: [KEY], [KEY]: KEY },
      ];
      writeFileSync(join(folder, 'personal-api-keys.json'), JSON.stringify([...rows, ...rows]));
      const { code } = await command(['validate', '--fixtures', folder]);
      assert.equal(code, 1);
    },
  },
];
