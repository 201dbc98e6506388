import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import type { ChangedPart } from '../../../src/mock/changes.ts';
import type { MockSnapshot } from '../../../src/mock/snapshot.ts';
import { createEventBudget, openEventStream } from '../../../src/server/control/event-stream.ts';
import { NOW, STATS } from '../../mock/asking.ts';
import { type Control, openControl } from '../support/control.ts';
import { readEvents } from '../support/events.ts';
import { ask, CONTROL, serve } from '../support/server.ts';

async function open() {
  const mock = createMock({ now: NOW });
  let readers = 0;
  const { subscribe } = mock;
  Object.assign(mock, {
    subscribe: (...listeners: Parameters<typeof subscribe>) => {
      readers += 1;
      const unsubscribe = subscribe(...listeners);
      return () => {
        readers -= 1;
        unsubscribe();
      };
    },
  });
  const { url, close } = await serve({ mock });
  return { mock, url, close, control: await openControl(url), readers: () => readers };
}

describe('the event stream', () => {
  it('sends requests with their entries, in order', async () => {
    const { mock, url, control } = await open();
    using events = readEvents(await control.events());
    await ask(url, { prefer: 'code=429' });
    await ask(url, {}, '/api/nothing');
    const told = [await events.next('request'), await events.next('request')];
    expect(told).toEqual(mock.journal.entries);
    expect(told).toMatchObject([
      { operation: STATS, status: 429 },
      { status: 404, hint: expect.any(String) },
    ]);
  });

  it('sends a request when it comes, before it is answered', async () => {
    const { url, control } = await open();
    using events = readEvents(await control.events());
    const leaving = new AbortController();
    const path = '/api/projects/1/experiments/stats/';
    const answer = fetch(url + path, { signal: leaving.signal, headers: { prefer: 'scenario=timeout' } });
    expect(await events.next('request')).toMatchObject({
      scenario: 'timeout',
      status: null,
      durationMs: null,
    });
    leaving.abort();
    await expect(answer).rejects.toThrow();
  });

  it.each<{ parts: readonly ChangedPart[]; write: (control: Control) => Promise<unknown> }>([
    {
      parts: ['scenario'],
      write: (control) => control('PUT', '/scenario', { body: { scenario: 'throttled' } }),
    },
    { parts: ['clock'], write: (control) => control('PUT', '/clock', { body: { advance: 1 } }) },
    { parts: ['clock', 'rows', 'change-requests', 'journal'], write: (control) => control('POST', '/reset') },
    { parts: ['journal'], write: (control) => control('DELETE', '/requests') },
    {
      parts: ['clock', 'rows', 'change-requests', 'scenario'],
      write: async (control) => {
        const { json: body } = await control<MockSnapshot>('GET', '/fixtures');
        return control('PUT', '/fixtures', { body });
      },
    },
  ])('sends one change, with its parts: $parts', async ({ parts, write }) => {
    const { url, control } = await open();
    using events = readEvents(await control.events());
    await write(control);
    expect(await events.next('change')).toEqual({ parts });
    await ask(url);
    expect(await events.kindsUntil('request')).toEqual(['request']);
  });

  it('sends what code beside the server changes', async () => {
    const { mock, control } = await open();
    using events = readEvents(await control.events());
    mock.use('throttled');
    mock.database.experiments.update({ id: 1 }, { name: 'Renamed' });
    expect(await events.next('change')).toEqual({ parts: ['scenario'] });
    expect(await events.next('change')).toEqual({ parts: ['rows'] });
  });

  it('sends a change request that a request opens, and its moves', async () => {
    const { url, control } = await open();
    using events = readEvents(await control.events());
    const { change_request_id } = await (await ask(url, { prefer: 'scenario=approval-required' })).json();
    expect(await events.next('change')).toEqual({ parts: ['change-requests'] });
    expect(await events.kindsUntil('request')).toEqual(['request']);
    await control('POST', `/change-requests/${change_request_id}/reject`, { body: { reason: 'No.' } });
    expect(await events.next('change')).toEqual({ parts: ['change-requests'] });
  });

  it('sends nothing for reads and refused changes', async () => {
    const { url, control } = await open();
    using events = readEvents(await control.events());
    await control('GET', '/scenarios');
    await control('PUT', '/scenario', { body: { scenario: 'nothing' } });
    await control('DELETE', '/sessions/none');
    await control('PUT', '/nothing', { body: {} });
    await ask(url);
    expect(await events.kindsUntil('request')).toEqual(['request']);
  });

  it('of a session is its own and ends with it', async () => {
    const { url, control } = await open();
    await control('POST', '/sessions', { body: { id: 'mine' } });
    const session = await openControl(`${url}${CONTROL}/s/mine`);
    using ofShared = readEvents(await control.events());
    using ofSession = readEvents(await session.events());
    await ask(url);
    await session('PUT', '/scenario', { body: { scenario: 'throttled' } });
    await ask(`${url}${CONTROL}/s/mine`);
    await control('DELETE', '/sessions/mine');
    await control('DELETE', '/requests');
    expect(await ofSession.rest()).toEqual(['change', 'request']);
    expect(await ofShared.kindsUntil('change')).toEqual(['request', 'change']);
  });

  it('continues for other readers when one leaves, whose subscription is removed', async () => {
    const { url, control, readers } = await open();
    const leaving = new AbortController();
    const left = readEvents(await control.events(leaving.signal));
    using stayed = readEvents(await control.events());
    expect(readers()).toBe(2);
    leaving.abort();
    await expect(left.rest()).rejects.toThrow();
    await expect.poll(readers).toBe(1);
    await ask(url);
    await control('POST', '/reset');
    expect(await stayed.kindsUntil('change')).toEqual(['request', 'change']);
  });

  it('is not opened by HEAD', async () => {
    const { url, readers } = await open();
    const response = await fetch(`${url}${CONTROL}/events`, { method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(readers()).toBe(0);
  });
});

describe('a slow reader', () => {
  it('gets long events in parts, each made when it is read', async () => {
    const stream = openEventStream(() => {});
    let made = 0;
    const data = () => {
      made += 1;
      return 'x'.repeat(10_000);
    };
    for (let count = 0; count < 100; count += 1) stream.send({ event: 'request', data });
    const reader = stream.readable.getReader();
    expect((await reader.read()).value?.length).toBeLessThan(100_000);
    expect(made).toBeLessThan(10);
    while (made < 100) await reader.read();
    stream.close();
    expect((await reader.read()).done).toBe(true);
  });

  it('has the fewer events kept, the more of them there are', async () => {
    const budget = createEventBudget();
    const streams = Array.from({ length: 50 }, () => openEventStream(() => {}, budget));
    for (let number = 1; number <= 100; number += 1) {
      for (const stream of streams) stream.send({ event: 'request', data: () => `${number}` });
    }
    expect(budget.used).toBeLessThanOrEqual(budget.max + streams.length);
    for (const stream of streams) {
      using events = readEvents(new Response(stream.readable));
      expect(await events.next('missed')).toMatchObject({ count: expect.any(Number) });
      stream.send({ event: 'change', data: () => '1' });
      expect((await events.kindsUntil('change')).length).toBeGreaterThan(1);
    }
    for (const stream of streams) stream.close();
    expect(budget.used).toBe(0);
  });

  it('gets the newest events and the number of those it missed', async () => {
    let isOver = false;
    const stream = openEventStream(() => {
      isOver = true;
    });
    for (let number = 1; number <= 150; number += 1)
      stream.send({ event: 'request', data: () => `${number}` });
    using events = readEvents(new Response(stream.readable));
    expect(await events.next('missed')).toEqual({ count: 50 });
    expect(await events.next('request')).toBe(51);
    stream.send({ event: 'change', data: () => '{}' });
    expect(await events.kindsUntil('change')).toEqual([...Array(99).fill('request'), 'change']);
    expect(isOver).toBe(false);
    stream.close();
    expect(await events.rest()).toEqual([]);
    expect(isOver).toBe(true);
  });
});
