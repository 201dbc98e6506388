import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMock } from '../../src/index.ts';
import { ask, PATHS, prefer, request, requestWith, STATS } from './asking.ts';

const URL = `https://us.posthog.com${PATHS[STATS]}`;
const init = { headers: request().headers as Record<string, string> };

describe('a delay', () => {
  it.each([
    { case: '0 by default', options: {}, delayMs: 0 },
    { case: 'the delay option', options: { delay: 40 }, delayMs: 40 },
    { case: 'the one value of a range', options: { delay: [7, 7] as const }, delayMs: 7 },
  ])('is $case', ({ options, delayMs }) => {
    expect(ask(createMock(options)).delayMs).toBe(delayMs);
  });

  it('is drawn from the range for every answer', () => {
    const mock = createMock({ delay: [10, 20] });
    const drawn = Array.from({ length: 50 }, () => ask(mock).delayMs);
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(10);
    expect(Math.max(...drawn)).toBeLessThanOrEqual(20);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  it('is overridden by the request', () => {
    const mock = createMock({ delay: 40 });
    expect(prefer(mock, 'delay=3').delayMs).toBe(3);
    expect(prefer(mock, 'delay=0').delayMs).toBe(0);
    expect(ask(mock).delayMs).toBe(40);
  });

  it('is overridden by the selected scenario while it is selected', () => {
    const mock = createMock({ delay: 40 });
    mock.use('throttled', { operation: STATS, times: 3, delay: [5, 5] });
    expect([ask(mock).delayMs, prefer(mock, 'delay=3').delayMs, ask(mock).delayMs]).toEqual([5, 3, 5]);
    expect(ask(mock).delayMs).toBe(40);
    mock.use('ok', { delay: 0 });
    expect([ask(mock).delayMs, mock.session().answer(request()).delayMs]).toEqual([0, 40]);
  });

  it('of a selection survives a snapshot', () => {
    const [mock, other] = [createMock(), createMock()];
    mock.use('ok', { delay: 60 });
    other.restore(JSON.parse(JSON.stringify(mock.snapshot())));
    expect(ask(other).delayMs).toBe(60);
  });

  it('of a selection is refused when it is invalid, and nothing changes', () => {
    const mock = createMock();
    expect(() => mock.use('throttled', { delay: -1 })).toThrow(RangeError);
    expect(mock.scenario.default).toBe('ok');
  });

  it.each([
    { case: 'a refusal', changes: { headers: {} } },
    { case: 'a method that is not allowed', changes: { method: 'POST' } },
    { case: 'OPTIONS', changes: { method: 'OPTIONS' } },
    { case: 'a forced answer', changes: requestWith({ prefer: 'code=500' }) },
    { case: 'a broken connection', changes: requestWith({ prefer: 'scenario=network-error' }) },
  ])('also comes before $case', ({ changes }) => {
    expect(createMock({ delay: 40 }).answer(request(changes)).delayMs).toBe(40);
  });

  it.each([
    { case: 'nothing matches', changes: { path: '/api/nothing/' } },
    { case: 'the preferences are wrong', changes: requestWith({ prefer: 'code=999' }) },
  ])('is skipped when $case', ({ changes }) => {
    expect(createMock({ delay: 40 }).answer(request(changes)).delayMs).toBe(0);
  });

  it('never ends for a timeout, even if another delay is requested', () => {
    const mock = createMock({ scenario: 'timeout', delay: 40 });
    const forever = { kind: 'network-error', delayMs: Number.POSITIVE_INFINITY };
    expect(mock.answer(request())).toMatchObject(forever);
    expect(mock.answer(requestWith({ prefer: 'delay=5' }))).toMatchObject(forever);
  });
});

describe('fetch', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Tracks whether a promise has settled. */
  function watch(promise: Promise<unknown>) {
    const state = { isSettled: false };
    const settle = () => {
      state.isSettled = true;
    };
    promise.then(settle, settle);
    return state;
  }

  it('waits before a response', async () => {
    const answered = createMock({ delay: 100 }).fetch(URL, init);
    const state = watch(answered);
    await vi.advanceTimersByTimeAsync(99);
    expect(state.isSettled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.isSettled).toBe(true);
    expect((await answered).status).toBe(200);
  });

  it('waits before a connection breaks', async () => {
    const answered = createMock({ scenario: 'network-error', delay: 100 }).fetch(URL, init);
    const state = watch(answered);
    await vi.advanceTimersByTimeAsync(99);
    expect(state.isSettled).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await expect(answered).rejects.toThrow(new TypeError('Failed to fetch'));
  });

  it('never answers a timeout, but lets the client abort', async () => {
    const controller = new AbortController();
    const answered = createMock({ scenario: 'timeout' }).fetch(URL, { ...init, signal: controller.signal });
    const state = watch(answered);
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(state.isSettled).toBe(false);
    controller.abort();
    await expect(answered).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('stops waiting when the client aborts', async () => {
    const controller = new AbortController();
    const answered = createMock({ delay: 100 }).fetch(URL, { ...init, signal: controller.signal });
    const state = watch(answered);
    await vi.advanceTimersByTimeAsync(50);
    expect(vi.getTimerCount()).toBe(1);
    const reason = new Error('changed my mind');
    controller.abort(reason);
    await expect(answered).rejects.toBe(reason);
    expect(state.isSettled).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
