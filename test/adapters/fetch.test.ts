import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { toHttpRequest } from '../../src/adapters/fetch.ts';
import { createMock } from '../../src/index.ts';
import { ask, NOW, PATHS, STATS } from '../mock/asking.ts';

const PATH = PATHS[STATS];
const URL_TEXT = `https://us.posthog.com${PATH}`;
const headers = { Authorization: 'Bearer phx_experiment_read' };

describe('fetch', () => {
  const mock = createMock({ now: NOW });

  it.each([
    { case: 'a URL as text', input: URL_TEXT, init: { headers } },
    { case: 'a URL', input: new URL(URL_TEXT), init: { headers } },
    { case: 'a path', input: PATH, init: { headers: new Headers(headers) } },
    { case: 'a Request', input: new Request(URL_TEXT, { headers }), init: undefined },
    {
      case: 'a Request and options',
      input: new Request(URL_TEXT, { method: 'PUT' }),
      init: { method: 'GET', headers },
    },
    { case: 'a key in the query', input: `${PATH}?personal_api_key=phx_experiment_read`, init: undefined },
  ])('takes $case and returns the mock’s answer', async ({ input, init }) => {
    const response = await mock.fetch(input, init);
    const reply = ask(mock);
    expect(response).toBeInstanceOf(Response);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual(reply.headers);
    expect(await response.text()).toBe(reply.body);
  });

  it('passes method, origin, path, query, headers and body to the mock', async () => {
    const { fetch, journal } = createMock({ origin: 'https://us.posthog.com' });
    const body = '{"a":"ü"}';
    await fetch(`${URL_TEXT}?a=%20b#part`, { method: 'POST', headers: { 'X-One': '1' }, body });
    await fetch(`https://eu.posthog.com${PATH}`);
    const [first, second] = journal.entries;
    expect(first?.request).toEqual({
      method: 'POST',
      path: PATH,
      query: 'a=%20b',
      headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-one': '1' },
      body,
    });
    expect(second).toMatchObject({ operation: null, status: 404 });
  });

  it('reads the key of a body', async () => {
    const body = new URLSearchParams({ personal_api_key: 'phx_experiment_read' });
    const response = await mock.fetch(URL_TEXT, { method: 'POST', body });
    expect(response.status).toBe(405);
    expect((await mock.fetch(URL_TEXT, { method: 'POST', body: '' })).status).toBe(401);
  });

  it.each([
    { case: 'HEAD', method: 'HEAD', scenario: 'ok' },
    { case: 'a documented answer', method: 'GET', scenario: 'documented' },
  ])('has no body for $case', async ({ method, scenario }) => {
    const response = await mock.fetch(URL_TEXT, {
      method,
      headers: { ...headers, Prefer: `scenario=${scenario}` },
    });
    expect(response.status).toBe(200);
    expect(response.body).toBeNull();
  });

  it.each([204, 205, 304])('sends no body with status %d, which may not have one', async (status) => {
    const content = { 'text/plain': { examples: { a: { value: 'b' } } } };
    const contract = {
      openapi: '3.1.0',
      paths: { '/a': { get: { responses: { [status]: { content } } } } },
    };
    const response = await createMock({ contract, scenario: 'a' }).fetch('/a');
    expect([response.status, response.body]).toEqual([status, null]);
  });

  it('returns broken JSON unchanged', async () => {
    const response = await mock.fetch(URL_TEXT, { headers: { Prefer: 'scenario=malformed-json' } });
    await expect(response.json()).rejects.toThrow(SyntaxError);
  });

  it('rejects like the real fetch when the connection breaks', async () => {
    const broken = createMock({ scenario: 'network-error' });
    await expect(broken.fetch(URL_TEXT)).rejects.toThrow(new TypeError('Failed to fetch'));
    expect(broken.journal.entries).toMatchObject([{ status: null }]);
  });

  it('rejects like the real fetch when the signal has already been aborted', async () => {
    const { fetch, journal } = createMock();
    await expect(fetch(URL_TEXT, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const reason = new Error('changed my mind');
    const request = new Request(URL_TEXT, { signal: AbortSignal.abort(reason) });
    await expect(fetch(request)).rejects.toBe(reason);
    expect(journal.entries).toEqual([]);
  });

  it('rejects, rather than throws, when the request is invalid', async () => {
    await expect(mock.fetch('http://')).rejects.toThrow(TypeError);
    await expect(mock.fetch(URL_TEXT, { method: 'GET', body: 'x' })).rejects.toThrow(TypeError);
    const used = new Request(URL_TEXT, { method: 'POST', body: 'x' });
    await used.text();
    await expect(mock.fetch(used)).rejects.toThrow(TypeError);
  });

  it('can be called without its mock', async () => {
    const { fetch } = mock;
    expect((await fetch(URL_TEXT, { headers })).status).toBe(200);
  });
});

it('reads header names in lower case, whatever case the platform keeps', async () => {
  const request = new Request('http://localhost/');
  // As the Headers of happy-dom iterate.
  const headers = new Map([['Authorization', 'Bearer phx_experiment_read']]);
  Object.defineProperty(request, 'headers', { value: headers });
  expect((await toHttpRequest(request)).headers).toEqual({ authorization: 'Bearer phx_experiment_read' });
});

it('hears that its caller leaves, although garbage was collected meanwhile', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage: () => void = runInNewContext('gc');
  const leaving = new AbortController();
  const answer = createMock().fetch(URL_TEXT, {
    headers: { ...headers, prefer: 'scenario=timeout' },
    signal: leaving.signal,
  });
  for (let round = 0; round < 5; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collectGarbage();
  }
  leaving.abort();
  await expect(answer).rejects.toBe(leaving.signal.reason);
});
