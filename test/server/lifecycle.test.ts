import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMock } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { type Running, run } from '../cli/running.ts';
import { NOW, PATHS, STATS } from '../mock/asking.ts';
import { openControl } from './support/control.ts';
import { readEvents } from './support/events.ts';
import { expectToldOf, hammer, haveHeard } from './support/hammer.ts';
import { ask, CONTROL, serve } from './support/server.ts';

/** Long enough to be observed in progress, and shorter than a server waits when it closes. */
const UNDER_WAY = { prefer: 'delay=700' };

describe('a closing server', () => {
  it('ends event streams and completes answers in progress', async () => {
    const { url, close } = await serve();
    const control = await openControl(url);
    await control('POST', '/sessions', { body: { id: 'mine' } });
    using events = readEvents(await control.events());
    using ofSession = readEvents(await fetch(`${url}${CONTROL}/s/mine${CONTROL}/events`));
    const answer = ask(url, UNDER_WAY);
    await events.next('request');
    const closed = close();
    expect(await events.rest()).toEqual([]);
    expect(await ofSession.rest()).toEqual([]);
    const { status, headers } = await answer;
    expect([status, headers.get('preference-applied')]).toEqual([200, 'delay=700']);
    await closed;
    await expect(ask(url)).rejects.toThrow();
  });

  it('completes answers of a session', async () => {
    const mock = createMock({ now: NOW });
    const { url, close } = await serve({ mock });
    const control = await openControl(url);
    await control('POST', '/sessions', { body: { id: 'mine', scenario: 'throttled' } });
    using events = readEvents(await fetch(`${url}${CONTROL}/s/mine${CONTROL}/events`));
    const answer = ask(`${url}${CONTROL}/s/mine`, UNDER_WAY);
    await events.next('request');
    await close();
    expect((await answer).status).toBe(429);
  });

  it('sends answers early whose delay is longer than the grace period', async () => {
    const { url, close } = await serve();
    const control = await openControl(url);
    using events = readEvents(await control.events());
    const answer = ask(url, { prefer: 'delay=60000' });
    await events.next('request');
    await close(0);
    expect((await answer).status).toBe(200);
  });

  it('closes while a test has replaced the timers, with an answer in progress', async () => {
    const { url, close } = await serve();
    const control = await openControl(url);
    using events = readEvents(await control.events());
    vi.useFakeTimers();
    try {
      const answer = ask(url, { prefer: 'delay=60000' });
      await events.next('request');
      await close(20);
      expect((await answer).status).toBe(200);
    } finally {
      vi.useRealTimers();
    }
  });

  it('completes answers while a test has replaced the timers', async () => {
    const { url, close } = await serve();
    const control = await openControl(url);
    using events = readEvents(await control.events());
    vi.useFakeTimers();
    try {
      const answer = ask(url, UNDER_WAY);
      await events.next('request');
      const closed = close();
      await vi.advanceTimersByTimeAsync(700);
      expect((await answer).status).toBe(200);
      await closed;
    } finally {
      vi.useRealTimers();
    }
  });

  it('keeps its mock, which can be served again', async () => {
    const mock = createMock({ now: NOW });
    const first = await serve({ mock });
    mock.use('throttled');
    await ask(first.url);
    await first.close();
    const second = await serve({ mock });
    expect((await ask(second.url)).status).toBe(429);
    expect(mock.journal.entries).toMatchObject([{ status: 429 }, { status: 429 }]);
  });

  it('holds its port until it is closed', async () => {
    const { port } = await serve();
    await expect(startServer(createMock(), { port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('the command', () => {
  const started: Running[] = [];

  afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.splice(0).map(({ finished }) => finished));
  });

  function start(...args: string[]): Running {
    const running = run(args);
    started.push(running);
    return running;
  }

  it('drains on SIGTERM: the stream ends, the answer arrives, and it exits with 0', async () => {
    const running = start('--port', '0');
    const url = await running.url();
    const control = await openControl(url);
    using events = readEvents(await control.events());
    const answer = ask(url, UNDER_WAY);
    expect(await events.next('request')).toMatchObject({ operation: STATS, status: 200 });
    running.child.kill('SIGTERM');
    expect(await events.rest()).toEqual([]);
    expect(await (await answer).json()).toMatchObject({ launched_last_30d: 8 });
    expect(await running.finished).toMatchObject({ code: 0, err: '' });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('tells clients that keep asking of %s', async (signal) => {
    const running = start('--port', '0');
    const port = Number(new URL(await running.url()).port);
    const clients = Array.from({ length: 30 }, () => hammer(port));
    await expect.poll(haveHeard(clients)).toBeGreaterThan(2);
    running.child.kill(signal);
    await expectToldOf(clients);
    expect(await running.finished).toMatchObject({ code: 0, err: '' });
  });

  it('first writes one JSON line with the URL, the routes and the panel', async () => {
    const running = start('--port', '0', '--json');
    const url = await running.url();
    await ask(url);
    await expect.poll(() => running.texts.out.split('\n').length).toBeGreaterThan(2);
    const [ready = '', ...others] = running.texts.out.trimEnd().split('\n');
    const { port } = new URL(url);
    expect(JSON.parse(ready)).toEqual({
      time: expect.any(String),
      level: 'info',
      message: `Listening on ${url}`,
      url: `http://127.0.0.1:${port}`,
      operations: 2,
      routes: expect.arrayContaining([`GET ${PATHS[STATS].replace('/1/', '/{project_id}/')}`]),
      panel: `${url}${CONTROL}/`,
    });
    expect(others.map((line) => JSON.parse(line))).toMatchObject([{ url: PATHS[STATS], status: 200 }]);
    expect((await fetch(JSON.parse(ready).panel)).headers.get('content-type')).toMatch('text/html');
  });

  it('names no panel without a control plane', async () => {
    const running = start('--port', '0', '--json', '--no-control');
    const url = await running.url();
    expect(JSON.parse(running.texts.out)).toMatchObject({ url, panel: null });
    const { status, headers } = await fetch(`${url}${CONTROL}/scenarios`);
    expect([status, headers.get('x-mock-hint')]).toEqual([404, expect.stringContaining('Nothing is near')]);
  });

  it('reports in one line that its port is in use, as JSON if asked to', async () => {
    const { port } = await serve();
    const message = `Port ${port} on 127.0.0.1 is in use; choose another with --port, or any free one with --port 0.`;
    const plain = await start('--port', String(port)).finished;
    expect(plain).toEqual({ code: 1, out: '', err: `error: ${message}\n` });
    const { code, out, err } = await start('--port', String(port), '--json').finished;
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(JSON.parse(err)).toEqual({ time: expect.any(String), level: 'error', message });
  });
});
