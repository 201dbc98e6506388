import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Attack, KEY, often, STATS } from '../attack.ts';

/** Texts that cost a backtracking search the square of their length, or more. */
const HARD_TEXTS: readonly {
  readonly of: string;
  readonly start?: string;
  readonly part: string;
  readonly end?: string;
}[] = [
  { of: 'newlines', start: 'personal_api_key', part: '\n', end: ',' },
  { of: 'spaces and equals signs', start: '"personal_api_key"', part: ' =' },
  { of: 'tabs, without an end', start: 'a=1&personal_api_key', part: '\t' },
  { of: 'names of the field', part: 'personal_api_key' },
  { of: 'backslashes after the field', start: '{"personal_api_key', part: '\\' },
  { of: 'quoted backslashes', start: '{"personal_api_key":"', part: '\\\\"\\' },
  { of: 'beginnings of keys', part: 'phx_' },
  { of: 'dashes of a key', start: 'phx_', part: '-' },
  { of: 'percent signs, escaped again and again', start: 'phx_%', part: '25' },
  { of: 'escapes that cannot be decoded', start: 'phx_', part: '%e2%82' },
  { of: 'Unicode escapes', start: 'phx_', part: '\\u005cu005c' },
  { of: 'open brackets', start: 'personal_api_key', part: '[' },
  { of: 'open tags', part: '<personal_api_key ' },
  { of: 'open entities', start: 'phx_', part: '&#x70' },
  { of: 'parts of a form', part: '\r\n--a\r\nContent-Disposition: form-data; name="personal_api_key"\r\n' },
];

const fill = (start: string, part: string, end: string, length: number) =>
  start + part.repeat(Math.ceil(length / part.length)) + end;

const PREFERENCES = ['scenario="\\', 'a=,', ' ', '"', 'scenario=ok;', ';='];

/** Segments of a path with several parameters each. */
const SEGMENTS = ['{a}-{b}-{c}', '{a}.{b}.{c}.{d}.json'];

/** A contract with a path, and with the one that others ask for. */
function contractWith(path: string): string {
  const content = { 'application/json': { schema: {}, example: {} } };
  const operation = (operationId: string, names: readonly string[]) => ({
    operationId,
    parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
    responses: { 200: { description: 'x', content } },
  });
  const paths = {
    [path]: {
      get: operation(
        'a',
        [...path.matchAll(/\{(\w)\}/g)].map(([, name = '']) => name),
      ),
    },
    [STATS]: { get: operation('b', []) },
  };
  return JSON.stringify({ openapi: '3.1.0', info: { title: 'x', version: '1' }, paths });
}

/** What is searched and matched in text from outside takes time in proportion to its length. */
export const TEXTS: readonly Attack[] = [
  {
    name: 'a body: the name of the key field and 40,000 newlines',
    make: async ({ serve, size }) => {
      const target = await serve();
      const body = fill('personal_api_key', '\n', ',', size(1_000_000, 40_000));
      await target.ask('POST', STATS, { body, headers: { 'content-type': 'text/plain' } });
    },
  },
  ...HARD_TEXTS.map(
    ({ of, start = '', part, end = '' }): Attack => ({
      name: `bodies of ${of}, logged and read in the journal`,
      make: async ({ serve, size }) => {
        const target = await serve(['--log-level', 'debug']);
        const headers = { 'content-type': 'text/plain' };
        const send = (length: number) =>
          target.ask('POST', STATS, { body: fill(start, part, end, length), headers });
        await send(size(1_000_000, 60_000));
        await often(size(200, 40), () => send(3_900));
        await target.ask('GET', '/__mock__/requests');
      },
    }),
  ),
  {
    name: 'the same texts in queries, headers and paths',
    make: async ({ serve, size }) => {
      const target = await serve(['--log-level', 'debug']);
      for (const { start = '', part, end = '' } of HARD_TEXTS) {
        const text = encodeURI(fill(start, part, end, size(4_000, 4_000))).slice(0, 12_000);
        await target.ask('GET', `${STATS}?a=${text}`, { headers: KEY });
        await target.ask('GET', `/api/projects/${text}/experiments/stats/`, { headers: KEY });
        await target.ask('GET', STATS, { headers: { ...KEY, 'x-other': text } });
        await target.ask('GET', STATS, { headers: { ...KEY, prefer: `scenario=${text}` } });
      }
      for (const part of PREFERENCES) {
        const prefer = fill('', part, '', 14_000).trim();
        await target.ask('GET', STATS, { headers: { ...KEY, prefer } });
      }
      await target.ask('GET', '/__mock__/requests');
    },
  },
  {
    name: 'paths and queries of keys of many lengths, and of their beginnings, in the log',
    make: async ({ folder, serve }) => {
      const keys = Array.from({ length: 500 }, (_, length) => `Leaking${'x'.repeat(length % 60)}${length}`);
      const rows = [...keys, 'whole', 'phx_experiment_read'].map((value) => ({
        value,
        user_id: 1,
        scopes: ['*'],
      }));
      writeFileSync(join(folder, 'personal-api-keys.json'), JSON.stringify(rows));
      const target = await serve(['--fixtures', folder]);
      for (const part of ['Leak', 'Leak...', 'TGVha2lu', 'whole', '&Lea%6b=%4c', 'Leak%E2%80%A6']) {
        const text = fill('', part, '', 15_000);
        await target.ask('GET', `/api/${text}`);
        await target.ask('GET', `${STATS}?${text}`, { headers: KEY });
      }
    },
  },
  {
    name: 'forms of very many fields, and of escapes, held against a schema',
    make: async ({ folder, serve }) => {
      const contract = join(folder, 'contract.json');
      const document = JSON.parse(contractWith('/form/'));
      const schema = { type: 'object', properties: { a: { type: 'array', items: { type: 'integer' } } } };
      const type = 'application/x-www-form-urlencoded';
      document.paths['/form/'].post = {
        operationId: 'b',
        requestBody: { content: { [type]: { schema } } },
        responses: { 200: { description: 'x' } },
      };
      writeFileSync(contract, JSON.stringify(document));
      const target = await serve(['--contract', contract]);
      const fields = Array.from({ length: 9_000 }, (_, index) => `q${index}=`).join('&');
      for (const body of [fields, fill('', 'a=1&', '', 95_000), fill('', 'a=%2541&', '', 95_000)]) {
        await target.ask('POST', '/form/', { body, headers: { 'content-type': type } });
      }
    },
  },
  ...SEGMENTS.map(
    (segment): Attack => ({
      name: `a path template ${segment} and a segment of dashes and dots`,
      make: async ({ folder, serve, size }) => {
        const contract = join(folder, 'contract.json');
        writeFileSync(contract, contractWith(`/x/${segment}/`));
        const target = await serve(['--contract', contract]);
        const length = size(15_000, 1_900);
        for (const part of ['-', '.', '-.', '%2d', 'a-']) {
          for (const end of ['./', '/', '.json/', '.jso/']) {
            await target.ask('GET', `/x/${fill('', part, '', length)}${end}`);
          }
        }
      },
    }),
  ),
  {
    name: 'long paths that nearly match',
    make: async ({ serve }) => {
      const target = await serve();
      for (const path of [
        `/api/projects/1/experiments/${'stats'.repeat(2_900)}/`,
        `/api${'/a'.repeat(7_000)}`,
        `/api/projects${'/1/experiments'.repeat(1_000)}/stats/`,
        `${'/'.repeat(15_000)}`,
        `/api/projects/${'%2f'.repeat(5_000)}/experiments/stats/`,
      ]) {
        await target.ask('GET', path, { headers: KEY });
      }
      await target.ask('GET', '/__mock__/requests?unmatched=true');
    },
  },
];
