import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import { ask, request } from '../../mock/asking.ts';

const NOW = '2026-03-15T12:00:00Z';
const SECOND = 1_000;

const enforcing = () => createMock({ now: NOW, throttle: 'enforce' });
const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });

/** The distinct statuses of a number of requests, in order. */
function statusesOf(mock: ReturnType<typeof createMock>, count: number, changes = {}): number[] {
  return [...new Set(Array.from({ length: count }, () => ask(mock, changes).status))];
}

function detailOf(mock: ReturnType<typeof createMock>): string {
  return JSON.parse(ask(mock).body ?? '').detail;
}

describe('with throttle enforced', () => {
  it('a key gets 480 requests a minute', () => {
    const mock = enforcing();
    expect(statusesOf(mock, 480)).toEqual([200]);
    const { status, headers, body } = ask(mock);
    expect(status).toBe(429);
    expect(headers).not.toHaveProperty('retry-after');
    expect(headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(body).toBe(
      '{"type":"throttled_error","code":"throttled","detail":"Request was throttled. Expected available in 60 seconds.","attr":null}',
    );
  });

  it.each([
    [0, '60 seconds.'],
    [22_500, '38 seconds.'],
    [23 * SECOND, '37 seconds.'],
    [58_999, '2 seconds.'],
    [59 * SECOND, '1 second.'],
    [59_999, '1 second.'],
  ])('after %i ms the wait is %s', (milliseconds, wait) => {
    const mock = enforcing();
    statusesOf(mock, 480);
    mock.clock.advance(milliseconds);
    expect(detailOf(mock)).toBe(`Request was throttled. Expected available in ${wait}`);
  });

  it('the window slides: each request expires after a minute', () => {
    const mock = enforcing();
    statusesOf(mock, 479);
    mock.clock.advance(30 * SECOND);
    expect(statusesOf(mock, 2)).toEqual([200, 429]);
    mock.clock.advance(30 * SECOND);
    expect(statusesOf(mock, 480)).toEqual([200, 429]);
    mock.clock.advance(30 * SECOND);
    expect(statusesOf(mock, 2)).toEqual([200, 429]);
  });

  it('a key gets 4800 requests an hour', () => {
    const mock = enforcing();
    for (let minute = 0; minute < 10; minute += 1) {
      expect(statusesOf(mock, 480)).toEqual([200]);
      mock.clock.advance(60 * SECOND);
    }
    expect(detailOf(mock)).toBe('Request was throttled. Expected available in 3000 seconds.');
    mock.clock.advance(3_000 * SECOND);
    expect(ask(mock).status).toBe(200);
  });

  it('each key has its own count, shared by both operations', () => {
    const mock = enforcing();
    const flags = { path: request().path.replace('stats', 'requires_flag_implementation') };
    statusesOf(mock, 240);
    statusesOf(mock, 240, flags);
    expect(ask(mock).status).toBe(429);
    expect(ask(mock, flags).status).toBe(429);
    expect(ask(mock, bearer('phx_all_access')).status).toBe(200);
  });

  it('only requests that pass authentication and permissions count, with any method', () => {
    const mock = enforcing();
    expect(statusesOf(mock, 500, bearer('phx_no_experiment_scope'))).toEqual([403]);
    expect(statusesOf(mock, 500, bearer('phx_unknown'))).toEqual([401]);
    expect(statusesOf(mock, 481, { method: 'POST' })).toEqual([405, 429]);
    expect(ask(mock).status).toBe(429);
  });

  it('forced answers do not count, and reset clears the count', () => {
    const mock = enforcing();
    mock.use('trend-up', { operation: 'experiments_stats_retrieve' });
    statusesOf(mock, 500);
    mock.use('ok');
    expect(statusesOf(mock, 481)).toEqual([200, 429]);
    mock.reset();
    expect(ask(mock).status).toBe(200);
  });
});

it('throttling is off by default', () => {
  expect(statusesOf(createMock({ now: NOW }), 600)).toEqual([200]);
});
