import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import type { JournalEntry } from '../../../src/mock/journal/journal.ts';
import { FLAGS, NOW, PATHS, STATS } from '../../mock/asking.ts';
import { type Control, openControl, problem } from '../support/control.ts';
import { message, send } from '../support/raw.ts';
import { ask, CONTROL, serve } from '../support/server.ts';

async function open() {
  const mock = createMock({ now: NOW });
  const { url, port } = await serve({ mock });
  return { mock, url, port, control: await openControl(url) };
}

async function entriesOf(control: Control, query = ''): Promise<readonly JournalEntry[]> {
  return (await control<{ requests: JournalEntry[] }>('GET', `/requests${query}`)).json.requests;
}

describe('an entry', () => {
  it('records the request, its time and address, and how it was answered', async () => {
    const { url, control } = await open();
    const answer = await ask(url, { accept: 'application/json', prefer: 'delay=1' }, `${PATHS[STATS]}?a=1`);
    const [entry] = await entriesOf(control);
    expect(entry).toEqual({
      number: 1,
      time: NOW,
      session: null,
      request: {
        method: 'GET',
        path: PATHS[STATS],
        query: 'a=1',
        headers: expect.objectContaining({
          authorization: '[redacted]',
          accept: 'application/json',
          host: new URL(url).host,
        }),
        body: null,
      },
      operation: STATS,
      scenario: 'ok',
      source: 'database',
      status: 200,
      response: {
        headers: expect.objectContaining({
          'Content-Type': 'application/json',
          'X-Mock-Operation': STATS,
          'Preference-Applied': 'delay=1',
        }),
        body: await answer.text(),
      },
      durationMs: expect.any(Number),
      hint: `The contract has no query parameter "a" for ${STATS}; it has format, personal_api_key.`,
      findings: [
        {
          in: 'query',
          name: 'a',
          detail: `the contract has no such parameter for ${STATS}; it has format, personal_api_key.`,
        },
      ],
      violations: [],
      withheld: null,
      cut: [],
      curl: `curl -H "Authorization: Bearer $POSTHOG_PERSONAL_API_KEY" -H 'Accept: application/json' -H 'Prefer: delay=1' '${url}${PATHS[STATS]}?a=1'`,
    });
  });

  it('names its session and has the session’s time', async () => {
    const { url, control } = await open();
    await control('POST', '/sessions', { body: { id: 'mine', now: '2030-01-01T00:00:00Z' } });
    await ask(`${url}${CONTROL}/s/mine`);
    const [entry] = await entriesOf(await openControl(`${url}${CONTROL}/s/mine`));
    expect(entry).toMatchObject({ number: 1, session: 'mine', time: '2030-01-01T00:00:00Z' });
    expect(await entriesOf(control)).toEqual([]);
  });

  it.each([
    { prefer: 'code=500', met: { scenario: 'server-error', source: 'example', status: 500 } },
    { prefer: 'scenario=approval-required', met: { source: 'responder', status: 409 } },
    { prefer: 'code=999', met: { operation: STATS, scenario: null, source: null, status: 400 } },
  ])('names the scenario and the source of the answer: $prefer', async ({ prefer, met }) => {
    const { url, control } = await open();
    await ask(url, { prefer });
    expect(await entriesOf(control)).toMatchObject([met]);
  });

  it('has no status and no response when none was sent', async () => {
    const { url, control } = await open();
    await expect(ask(url, { prefer: 'scenario=network-error' })).rejects.toThrow();
    expect(await entriesOf(control)).toMatchObject([
      { scenario: 'network-error', status: null, response: null, durationMs: expect.any(Number) },
    ]);
  });

  it('hides secrets of a request', async () => {
    const { port, control } = await open();
    const secret = 'phx_all_access';
    const target = `${PATHS[STATS]}?personal_api_key=${secret}&a=${secret}`;
    const headers = {
      authorization: `Bearer ${secret}`,
      cookie: `session=${secret}`,
      referer: `http://localhost/?personal_api_key=hidden`,
      'x-mock-token': 'hidden',
      'content-type': 'application/json',
    };
    const body = JSON.stringify({ personal_api_key: 'hidden', other: secret });
    await send(port, message('POST', target, headers, body));
    const [entry] = await entriesOf(control);
    expect(JSON.stringify(entry)).not.toMatch(/all_access|hidden/);
    expect(entry?.request).toMatchObject({
      query: 'personal_api_key=[redacted]&a=phx_…',
      headers: { authorization: '[redacted]', cookie: '[redacted]', 'x-mock-token': '[redacted]' },
      body: '{"personal_api_key":"[redacted]","other":"phx_…"}',
    });
  });
});

describe('a filter', () => {
  /** Sends requests of every kind and returns the numbers of those that pass a filter. */
  async function numbers(query: string): Promise<readonly number[]> {
    const { url, port, control } = await open();
    await ask(url);
    await ask(url, {}, PATHS[FLAGS]);
    await ask(url, { prefer: 'code=429' });
    await send(port, message('POST', PATHS[STATS]));
    await ask(url, {}, '/api/projects/1/experiments/stat/');
    await ask(url, { prefer: 'scenario=network-error' }).catch(() => undefined);
    return (await entriesOf(control, query)).map(({ number }) => number);
  }

  it.each([
    { query: '', left: [1, 2, 3, 4, 5, 6] },
    { query: '?unmatched=true', left: [5] },
    { query: '?unmatched=false', left: [1, 2, 3, 4, 5, 6] },
    { query: `?operation=${FLAGS}`, left: [2] },
    { query: '?operation=', left: [5] },
    { query: '?method=post', left: [4] },
    { query: '?scenario=throttled', left: [3] },
    { query: '?scenario=', left: [5] },
    { query: '?status=200', left: [1, 2] },
    { query: '?status=', left: [6] },
    { query: '?limit=2', left: [5, 6] },
    { query: '?limit=0', left: [] },
    { query: `?operation=${STATS}&status=200`, left: [1] },
    { query: `?operation=${STATS}&limit=1`, left: [6] },
  ])('keeps the entries that match: "$query"', async ({ query, left }) => {
    expect(await numbers(query)).toEqual(left);
  });
  it.each([
    {
      query: 'unmatchd=true',
      name: 'unmatchd',
      detail:
        'There is no filter "unmatchd". Did you mean "unmatched"? The filters are: unmatched, operation, method, scenario, status, limit.',
    },
    { query: 'unmatched=1', name: 'unmatched', detail: '"unmatched" is true or false; found "1".' },
    { query: 'status=4xx', name: 'status', detail: '"status" is a status code, or empty; found "4xx".' },
    { query: 'limit=-1', name: 'limit', detail: '"limit" is a number of entries; found "-1".' },
  ])('is refused when it is invalid: $query', async ({ query, name, detail }) => {
    const { control } = await open();
    const { status, json } = await control('GET', `/requests?${query}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ ...problem('REQUEST_INVALID', detail), errors: [{ in: 'query', name }] });
  });
  it.each([
    { query: 'operation=nothing', detail: /^There is no operation "nothing"\. The contract has: / },
    { query: 'scenario=throtled', detail: /^There is no scenario "throtled"\. Did you mean "throttled"\?/ },
  ])('is refused when the contract does not have it: $query', async ({ query, detail }) => {
    const { control } = await open();
    const { status, json } = await control('GET', `/requests?${query}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ ...problem('REQUEST_INVALID', detail), errors: [{ in: 'query' }] });
  });
});
