import { describe, expect, it } from 'vitest';
import { createMock, type MockOptions } from '../../../src/index.ts';
import { ask, FLAGS, PATHS, prefer, request, STATS } from '../asking.ts';
import { thing, thingMock } from './thing.ts';

const WRONG = { query: 'colour=red' };
const FINDING = {
  in: 'query',
  name: 'colour',
  detail: `the contract has no such parameter for ${STATS}; it has format, personal_api_key.`,
};

function asked(options: MockOptions, changes = {}, preferences?: string) {
  const mock = createMock(options);
  const reply = preferences === undefined ? ask(mock, changes) : prefer(mock, preferences, changes);
  return { ...reply, findings: mock.journal.entries[0]?.findings };
}

describe("requests: 'warn', the default", () => {
  it('answers as the API would, and says what is wrong in hint, reply and journal', () => {
    const { status, headers, findings, checks } = asked({}, WRONG);
    expect(status).toBe(200);
    expect(headers['x-mock-hint']).toContain('no query parameter "colour"');
    expect(findings).toEqual([FINDING]);
    expect(checks.findings).toEqual([FINDING]);
  });

  it.each(['warn', 'error'] as const)('says so of a forced scenario, too: %s', (requests) => {
    const { status, headers, findings } = asked({ requests }, WRONG, 'scenario=server-error');
    expect([status, findings]).toEqual([500, [FINDING]]);
    expect(headers['x-mock-hint']).toContain('no query parameter "colour"');
  });

  it('has findings for a request that is refused, too', () => {
    expect(asked({}, { ...WRONG, headers: {} })).toMatchObject({ status: 401, findings: [FINDING] });
    expect(asked({}, WRONG, 'scenario=none')).toMatchObject({ status: 400, findings: [FINDING] });
  });

  it('has none for a method that the path does not have', () => {
    expect(asked({}, { ...WRONG, method: 'OPTIONS' }).findings).toEqual([]);
  });
});

describe("requests: 'error'", () => {
  const strict = { requests: 'error' } as const;

  it('refuses with a problem that has every finding', () => {
    const { status, headers, body, findings } = asked(strict, WRONG);
    expect(status).toBe(400);
    expect(headers).toMatchObject({
      'content-type': 'application/problem+json',
      'x-mock-operation': STATS,
      'x-mock-hint': expect.stringMatching(
        /no query parameter "colour".*'warn' \(--requests warn\), the default/,
      ),
    });
    expect(JSON.parse(body ?? '')).toEqual({
      type: 'urn:posthog-experiments-mock:request-invalid',
      title: 'Invalid request',
      status: 400,
      detail: `The request breaks what the contract has for ${STATS} in 1 place.`,
      code: 'REQUEST_INVALID',
      errors: [FINDING],
    });
    expect(findings).toEqual([FINDING]);
  });

  it('says so where there are more findings than it lists', () => {
    const query = Array.from({ length: 60 }, (_, index) => `p${index}=1`).join('&');
    const { body } = asked(strict, { query });
    const { detail, errors } = JSON.parse(body ?? '');
    expect(detail).toMatch(/in 60 places; "errors" has the first 50\.$/);
    expect(errors).toHaveLength(50);
  });

  it.each([
    ['has no key', 401, { headers: {} }],
    ['may not read', 403, { headers: { authorization: 'Bearer phx_no_experiment_scope' } }],
    ['asks for a project that does not exist', 404, { path: PATHS[STATS].replace('1', '999') }],
    ['accepts nothing that there is', 406, { headers: { accept: 'text/html' } }],
  ])('leaves the answer to a request that %s', (_, status, changes) => {
    expect(asked(strict, { ...WRONG, ...changes })).toMatchObject({ status, findings: [{ name: 'colour' }] });
  });

  it('leaves a forced scenario and the answer to OPTIONS', () => {
    expect(asked(strict, WRONG, 'scenario=server-error').status).toBe(500);
    expect(asked({ ...strict, scenario: 'trend-up' }, WRONG).status).toBe(200);
    expect(asked(strict, { ...WRONG, method: 'OPTIONS' }).status).toBe(200);
  });

  it.each([
    [400, 'properties=x'],
    [500, 'limit=abc'],
  ])("takes the place of PostHog's own %i for a bad parameter", (own, query) => {
    expect(asked({}, { path: PATHS[FLAGS], query }).status).toBe(own);
    expect(asked(strict, { path: PATHS[FLAGS], query })).toMatchObject({
      status: 400,
      body: expect.stringContaining('REQUEST_INVALID'),
    });
  });

  it('uses up no answer of a selected scenario', () => {
    const mock = thingMock([], strict);
    mock.use('ok', { operation: 'write', times: 1 });
    const before = mock.scenario;
    expect(ask(mock, thing({ method: 'POST' })).status).toBe(400);
    expect(mock.scenario).toEqual(before);
  });

  it('is an option of sessions, too', () => {
    const mock = createMock();
    expect(ask(mock.session(strict), WRONG).status).toBe(400);
    expect(ask(createMock(strict).session({ requests: 'warn' }), WRONG).status).toBe(200);
    expect(ask(createMock(strict).session(), WRONG).status).toBe(400);
  });
});

it("requests: 'off' looks at no request", () => {
  const { status, headers, findings } = asked({ requests: 'off' }, WRONG);
  expect([status, headers['x-mock-hint'], findings]).toEqual([200, undefined, []]);
});

it('no finding has a key of the rows or of the request', () => {
  const mock = thingMock([{ name: 'X-Thing', in: 'header', schema: { type: 'integer' } }]);
  mock.database.users.create({ id: 1, email: 'a@shop.example' });
  mock.database.personalApiKeys.create({ value: 'very-own-key-4711', user_id: 1, scopes: ['*'] });
  const reply = mock.answer(thing({ headers: { 'x-thing': 'very-own-key-4711' } }));
  expect(reply.checks.findings).toHaveLength(1);
  expect(JSON.stringify([reply.checks, reply.provenance, mock.journal.entries])).not.toContain('4711');
});

it('a key that is asked with is read as before', () => {
  expect(ask(createMock({ requests: 'error' }), request()).status).toBe(200);
});
