import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../src/cli/log.ts';
import { createMock } from '../../../src/index.ts';
import type { JournalEntry } from '../../../src/mock/journal/journal.ts';
import { NOW, PATHS, STATS } from '../../mock/asking.ts';
import { openControl } from '../support/control.ts';
import { headerOf, message, send, statusOf } from '../support/raw.ts';
import { CONTROL, KEY, serve } from '../support/server.ts';

/** A server with a log. Reading its lines closes the server. */
async function openWithLog() {
  const mock = createMock({ now: NOW });
  const streams = { out: new PassThrough(), err: new PassThrough() };
  const log = createLog({ level: 'info', json: true }, streams);
  const server = await serve({ mock, onReply: log.reply });
  const lines = async () => {
    await server.close();
    log.flush();
    streams.out.end();
    const written = await text(streams.out);
    return written
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
  };
  return { ...server, control: await openControl(server.url), lines };
}

const MISSES = [
  {
    miss: 'a wrong segment',
    path: '/api/projects/1/experiments/stat/',
    hint: 'segment 5 is "stat" where the contract has "stats"',
  },
  {
    miss: '`environments` for `projects`',
    path: '/api/environments/1/experiments/stats/',
    hint: 'segment 2 is "environments" where the contract has "projects"',
  },
  { miss: 'a double slash', path: '/api/projects/1//experiments/stats/', hint: 'double slash after "1"' },
  {
    miss: 'a missing base path',
    path: '/projects/1/experiments/stats/',
    hint: '"api" is missing at the start',
  },
  {
    miss: 'a surplus base path',
    path: '/proxy/api/projects/1/experiments/stats/',
    hint: 'base path "/proxy" where the contract has none',
  },
  { miss: 'a missing project', path: '/api/projects/experiments/stats/', hint: '{project_id} is missing' },
  {
    miss: 'a wrong method at a wrong path',
    method: 'DELETE',
    path: '/api/projects/1/experiments/stat/',
    hint: 'method DELETE where the contract has GET, HEAD, OPTIONS',
  },
  { miss: 'a path that is near nothing', path: '/favicon.ico', hint: 'Nothing is near GET /favicon.ico.' },
];

describe('a request that nothing matches', () => {
  it.each(MISSES)(
    'is explained in the same words in the header, journal and log: $miss',
    async ({ method = 'GET', path, hint }) => {
      const { mock, url, port, control, lines } = await openWithLog();
      const received = await send(port, message(method, path, KEY));
      expect(statusOf(received)).toBe(404);
      const words = headerOf(received, 'x-mock-hint');
      expect(words).toContain(hint);
      const { json } = await control<{ requests: JournalEntry[] }>('GET', '/requests?unmatched=true');
      expect(json.requests).toMatchObject([
        {
          operation: null,
          scenario: null,
          source: null,
          status: 404,
          hint: words,
          request: { method, path },
        },
      ]);
      expect(mock.explain({ method, url: url + path })).toBe(words);
      expect(await lines()).toMatchObject([{ level: 'warn', method, url: path, status: 404, hint: words }]);
    },
  );

  it('is explained in the same words in a session', async () => {
    const { mock, url, port, control } = await openWithLog();
    await control('POST', '/sessions', { body: { id: 'mine' } });
    const path = '/api/projects/1/experiment/stats/';
    const words = mock.explain({ url: path });
    const received = await send(port, message('GET', `${CONTROL}/s/mine${path}`));
    expect(headerOf(received, 'x-mock-hint')).toBe(words);
    expect(headerOf(received, 'x-mock-session')).toBe('mine');
    const session = await openControl(`${url}${CONTROL}/s/mine`);
    const { json } = await session('GET', '/requests?unmatched=true');
    expect(json).toMatchObject({ requests: [{ hint: words, request: { path }, session: 'mine' }] });
  });

  it('is not one with only a wrong method, which PostHog answers', async () => {
    const { port, control } = await openWithLog();
    const received = await send(port, message('DELETE', PATHS[STATS], KEY));
    const hint = 'This path takes GET, HEAD, OPTIONS; found DELETE.';
    expect([statusOf(received), headerOf(received, 'x-mock-hint')]).toEqual([405, hint]);
    expect((await control('GET', '/requests?unmatched=true')).json).toEqual({ requests: [] });
    expect((await control('GET', '/requests')).json).toMatchObject({
      requests: [{ operation: STATS, status: 405, hint }],
    });
  });
});
