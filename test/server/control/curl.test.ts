import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { JournalEntry } from '../../../src/mock/journal/journal.ts';
import { FLAGS, PATHS, STATS } from '../../mock/asking.ts';
import { openControl } from '../support/control.ts';
import { bodyOf, headerOf, message, send, statusOf } from '../support/raw.ts';
import { CONTROL, KEY, serve } from '../support/server.ts';

const TOKEN = 'phx_experiment_read';
const JSON_TYPE = { 'content-type': 'application/json' };
const IN_BODY = JSON.stringify({ personal_api_key: TOKEN, note: "it's" });

/** Runs a command in a shell, as a user would paste it. `-i` adds the status. */
async function paste(command: string) {
  const script = command.replace(/^curl /, 'curl -s -i ');
  const env = { ...process.env, POSTHOG_PERSONAL_API_KEY: TOKEN };
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { env });
  const end = stdout.indexOf('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1]);
  return { status, body: stdout.slice(end + 4) };
}

it.each<{
  readonly what: string;
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly status: number;
}>([
  { what: 'a key', path: PATHS[STATS], headers: KEY, status: 200 },
  { what: 'no key', path: PATHS[STATS], status: 401 },
  {
    what: 'an unknown scheme',
    path: PATHS[STATS],
    headers: { authorization: `Token ${TOKEN}` },
    status: 401,
  },
  { what: 'a key in the query', path: `${PATHS[STATS]}?a=1&personal_api_key=${TOKEN}&b='2'`, status: 200 },
  {
    what: 'a key in a JSON body',
    method: 'PUT',
    path: PATHS[STATS],
    headers: JSON_TYPE,
    body: IN_BODY,
    status: 405,
  },
  {
    what: 'a key in a body of no declared type',
    method: 'POST',
    path: PATHS[STATS],
    body: IN_BODY,
    status: 405,
  },
  {
    what: 'a key in a form',
    method: 'POST',
    path: PATHS[STATS],
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `a=1&personal_api_key=${TOKEN}&b=%20`,
    status: 405,
  },
  { what: 'a body with GET', path: PATHS[STATS], headers: JSON_TYPE, body: IN_BODY, status: 200 },
  { what: 'HEAD', method: 'HEAD', path: PATHS[STATS], headers: KEY, status: 200 },
  { what: 'HEAD of an unknown path', method: 'HEAD', path: '/api/nothing', status: 404 },
  { what: 'OPTIONS', method: 'OPTIONS', path: PATHS[STATS], headers: KEY, status: 200 },
  { what: 'POST without a body', method: 'POST', path: PATHS[STATS], headers: KEY, status: 405 },
  {
    what: 'a scenario',
    path: PATHS[STATS],
    headers: { ...KEY, prefer: 'scenario="throttled"' },
    status: 429,
  },
  {
    what: 'a code and a delay',
    path: PATHS[FLAGS],
    headers: { ...KEY, prefer: 'code=500, delay=1' },
    status: 500,
  },
  {
    what: 'an invalid preference',
    path: PATHS[STATS],
    headers: { prefer: "scenario=$(id)'" },
    status: 400,
  },
  {
    what: 'HTML',
    path: '/api/projects/1/experiments/stats/',
    headers: { ...KEY, accept: 'text/html' },
    status: 406,
  },
  { what: 'a format', path: '/api/projects/1/experiments/stats.json', headers: KEY, status: 200 },
  {
    what: 'brackets in the query',
    path: `${PATHS[STATS]}?filter[key]=1&at={1,2}`,
    headers: KEY,
    status: 200,
  },
  {
    what: 'a template for a path',
    path: '/api/projects/{project_id}/experiments/stats/',
    headers: KEY,
    status: 404,
  },
  { what: 'a double slash', path: '/api/projects/1//experiments/stats/', headers: KEY, status: 404 },
  {
    what: 'dots in the path',
    path: '/api/projects/../projects/1/experiments/stats/',
    headers: KEY,
    status: 404,
  },
  {
    what: 'encoded characters',
    path: '/api/projects/%31/experiments/stats/?q=%27%22',
    headers: KEY,
    status: 200,
  },
  { what: 'a path outside the API', path: '/favicon.ico?x=$HOME', status: 404 },
  {
    what: 'a session by its header',
    path: PATHS[STATS],
    headers: { ...KEY, 'x-mock-session': 'mine' },
    status: 403,
  },
  { what: 'a session by its base URL', path: `${CONTROL}/s/mine${PATHS[STATS]}`, headers: KEY, status: 403 },
  { what: 'a miss in a session', path: `${CONTROL}/s/mine/api/x`, headers: KEY, status: 404 },
])(
  'the curl command of an entry gets the same answer: $what',
  async ({ method = 'GET', path, headers, body, status }) => {
    const { url, port } = await serve();
    const control = await openControl(url);
    await control('POST', '/sessions', { body: { id: 'mine', scenario: 'missing-scope' } });
    const host = { Host: new URL(url).host };
    const received = await send(port, message(method, path, { ...host, ...headers }, body));
    expect(statusOf(received)).toBe(status);
    const isOfSession = headerOf(received, 'x-mock-session') !== undefined;
    const session = { headers: isOfSession ? { 'x-mock-session': 'mine' } : {} };
    const entries = async () =>
      (await control<{ requests: JournalEntry[] }>('GET', '/requests', session)).json.requests;
    const command = (await entries())[0]?.curl ?? '';
    expect(command).not.toContain(TOKEN);
    expect(await paste(command)).toEqual({ status, body: bodyOf(received) });
    const [first, again] = (await entries()).map(({ request: { headers: _, ...request } }) => request);
    expect(again).toEqual(first);
  },
);
