import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { ask, NOW, request, requestWith } from '../asking.ts';

const LONG = 'x'.repeat(15_000);

/** The entry of a request. */
function entryOf(asked: HttpRequest) {
  const mock = createMock({ now: NOW });
  mock.answer(asked);
  const [entry] = mock.journal.entries;
  if (!entry) throw new Error('There is no entry.');
  return entry;
}

describe('an entry says what is cut of', () => {
  it.each<{ case: string; asked: HttpRequest; cut: readonly string[] }>([
    { case: 'a request as clients send it: nothing', asked: request(), cut: [] },
    { case: 'a path', asked: request({ path: `/api/${LONG}` }), cut: ['path'] },
    { case: 'a query', asked: request({ query: `q=${LONG}` }), cut: ['query'] },
    { case: 'headers', asked: requestWith({ 'x-long': LONG }), cut: ['headers'] },
    {
      case: 'many headers',
      asked: requestWith(Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`h${index}`, '']))),
      cut: ['headers'],
    },
    { case: 'a body', asked: request({ method: 'POST', body: LONG }), cut: ['body'] },
    {
      case: 'all of them',
      asked: { method: 'POST', path: LONG, query: LONG, headers: { a: LONG }, body: LONG },
      cut: ['path', 'query', 'headers', 'body'],
    },
  ])('$case', ({ asked, cut }) => {
    const entry = entryOf(asked);
    expect(entry.cut).toEqual(cut);
    expect(JSON.stringify(entry).length).toBeLessThan(60_000);
  });
});

it('an entry has the start of a long response', () => {
  const approver_config = { quorum: 1, roles: ['x'.repeat(10_000)] };
  const id = '00000000-0000-4000-8000-000000000001';
  const approvalPolicies = [{ id, project_id: 1, action_key: 'feature_flag.update', approver_config }];
  const mock = createMock({ now: NOW, scenario: 'approval-required', fixtures: { approvalPolicies } });
  const { body } = ask(mock);
  const [entry] = mock.journal.entries;
  expect(entry?.cut).toEqual(['response']);
  expect(entry?.response?.body).toBe(body?.slice(0, 4_096));
});

it('an entry has the start of what is cut', () => {
  const { request: kept } = entryOf({ ...requestWith({ first: '1', long: LONG, last: '2' }), query: LONG });
  expect(kept.query).toBe(`${'x'.repeat(4_095)}…`);
  expect(kept.headers).toEqual({
    authorization: '[redacted]',
    first: '1',
    long: `${'x'.repeat(1_023)}…`,
    last: '2',
  });
});

it('an entry has no part of a secret that is cut', () => {
  const {
    request: kept,
    cut,
    curl,
  } = entryOf(request({ query: `q=${'x'.repeat(4_075)}&personal_api_key=secret` }));
  expect(cut).toEqual(['query']);
  expect(kept.query + curl).not.toContain('sec');
});

describe('a journal of very long requests', () => {
  const long = {
    path: `/${LONG}`,
    query: LONG,
    headers: { long: LONG },
    method: 'POST',
    body: 'x'.repeat(4_096),
  };

  it('keeps fewer of them, the newest', () => {
    const mock = createMock({ now: NOW });
    for (let count = 0; count < 1_500; count += 1) mock.answer(request(long));
    const numbers = mock.journal.entries.map(({ number }) => number);
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.length).toBeLessThan(1_000);
    expect(numbers).toEqual(Array.from(numbers, (_, index) => 1_501 - numbers.length + index));
  });

  it('is full again with short ones', () => {
    const mock = createMock({ now: NOW });
    for (let count = 0; count < 1_500; count += 1) mock.answer(request(long));
    for (let count = 0; count < 1_000; count += 1) ask(mock, { path: '/a' });
    expect(mock.journal.entries.map(({ number }) => number)).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index + 1_501),
    );
  });
});
