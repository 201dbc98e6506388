import { describe, expect, it } from 'vitest';
import { createMock } from '../../../src/index.ts';
import {
  ask,
  bodyOf,
  FLAGS,
  NOW,
  PATHS,
  prefer,
  request,
  requestWith,
  STATS,
  scenarioOf,
} from '../asking.ts';
import { DESCRIBED } from '../catalogue.ts';

const COMPUTED = ['missing-scope', 'approval-required', 'change-request-pending'];
const WITH_RESPONSE = DESCRIBED.filter(({ status }) => status !== null);
const VERBATIM = WITH_RESPONSE.filter(
  ({ name, example }) => example !== undefined && !COMPUTED.includes(name),
);

describe('a forced scenario', () => {
  it('can be any that the contract names', () => {
    expect(DESCRIBED.length).toBeGreaterThan(40);
    const { scenarios } = createMock();
    expect(scenarios[0]).toMatchObject({ name: 'ok', status: null, operations: [FLAGS, STATS] });
    const listed = scenarios
      .slice(1)
      .flatMap(({ name, status, synthetic, operations }) =>
        operations.map((operation) => ({ operation, name, status, synthetic })),
      );
    const wanted = DESCRIBED.map(({ operation, name, status, synthetic }) => ({
      operation,
      name,
      status,
      synthetic,
    }));
    expect(listed).toHaveLength(wanted.length);
    expect(listed).toEqual(expect.arrayContaining(wanted));
  });

  it.each(WITH_RESPONSE)('$name of $operation has the status and type of the contract', (described) => {
    const { name, operation, status, contentType, synthetic } = described;
    const { headers, ...reply } = ask(createMock({ scenario: { [operation]: name } }), {
      path: PATHS[operation],
      headers: {},
    });
    expect(reply).toMatchObject({ status, delayMs: 0 });
    expect(headers).toMatchObject({
      vary: 'Prefer',
      'x-mock-operation': operation,
      'x-mock-scenario': name,
      'x-mock-source': COMPUTED.includes(name) ? 'responder' : 'example',
    });
    expect(headers['content-type'] ?? null).toBe(contentType);
    expect(headers['x-mock-synthetic']).toBe(synthetic ? 'true' : undefined);
    expect(headers.allow).toBe('GET, HEAD, OPTIONS');
    expect(headers['www-authenticate']).toBe(
      status === 401
        ? 'Bearer resource_metadata="https://us.posthog.com/.well-known/oauth-protected-resource"'
        : undefined,
    );
    expect(headers['preference-applied']).toBeUndefined();
  });

  it.each(VERBATIM)('$name of $operation is the example of the contract', (described) => {
    const { name, operation, contentType, example } = described;
    const { body } = ask(createMock({ scenario: name as 'ok' }), { path: PATHS[operation] });
    expect(body).toBe(contentType === 'application/json' ? JSON.stringify(example) : example);
  });

  it.each(Object.values(PATHS))('documented has no body at %s', (path) => {
    expect(ask(createMock({ scenario: 'documented' }), { path })).toMatchObject({ status: 200, body: null });
  });

  it.each(Object.values(PATHS))('malformed-json is truncated at %s', (path) => {
    const mock = createMock({ scenario: 'malformed-json' });
    const { body, headers } = ask(mock, { path });
    expect(headers['content-type']).toBe('application/json');
    expect(body).toMatch(/^\{/);
    expect(() => JSON.parse(body ?? '{}')).toThrow(SyntaxError);
  });

  it.each(Object.values(PATHS))('a broken connection at %s has no response', (path) => {
    const mock = createMock({ scenario: 'network-error' });
    const broken = mock.answer(request({ path }));
    expect(broken).toMatchObject({ kind: 'network-error', delayMs: 0 });
    expect(broken.provenance.scenario).toBe('network-error');
    mock.use('timeout');
    expect(mock.answer(request({ path }))).toMatchObject({
      kind: 'network-error',
      delayMs: Number.POSITIVE_INFINITY,
    });
  });

  it('missing-scope names the scope that the contract requires', () => {
    const contract = structuredClone(createMock().contract.document) as {
      paths: Record<string, { get: { security: unknown } }>;
    };
    const operation = Object.values(contract.paths)[0];
    if (operation) operation.get.security = [{ PersonalAPIKeyAuth: ['insight:write'] }];
    const mock = createMock({ contract, scenario: 'missing-scope' });
    const detailAt = (path: string) => bodyOf(mock, { path }).detail;
    expect(detailAt(PATHS[FLAGS])).toBe("API key missing required scope 'insight:write'");
    expect(detailAt(PATHS[STATS])).toBe("API key missing required scope 'experiment:read'");
  });
});

describe('a forced scenario is sent', () => {
  const mock = createMock({ scenario: 'throttled', now: NOW });

  it.each([
    { case: 'before authentication', changes: { headers: {} }, status: 429, scenario: 'throttled' },
    {
      case: 'before the project',
      changes: { path: PATHS[STATS].replace('1', '99') },
      status: 429,
      scenario: 'throttled',
    },
    { case: 'to HEAD', changes: { method: 'HEAD' }, status: 429, scenario: 'throttled' },
    {
      case: 'after a preference error',
      changes: requestWith({ prefer: 'code=999' }),
      status: 400,
      scenario: undefined,
    },
    {
      case: 'after the format, which is before the method',
      changes: { method: 'POST', query: 'format=csv' },
      status: 404,
      scenario: 'ok',
    },
    {
      case: 'after the media type',
      changes: requestWith({ accept: 'text/html' }),
      status: 406,
      scenario: 'ok',
    },
    {
      case: 'after the method check, which then needs no key',
      changes: { method: 'DELETE', headers: {} },
      status: 405,
      scenario: 'ok',
    },
    { case: 'not to OPTIONS', changes: { method: 'OPTIONS' }, status: 200, scenario: 'ok' },
    {
      case: 'not to OPTIONS, which needs a key',
      changes: { method: 'OPTIONS', headers: {} },
      status: 401,
      scenario: 'ok',
    },
  ])('$case', ({ changes, status, scenario }) => {
    const reply = ask(mock, changes);
    expect(reply.status).toBe(status);
    expect(reply.headers['x-mock-scenario']).toBe(scenario);
  });

  it.each([
    { scenario: 'bad-gateway', outcome: 502 },
    { scenario: 'network-error', outcome: 'network-error' },
    { scenario: 'timeout', outcome: 'network-error' },
  ])(
    'before the media type and format if it is $scenario, which is not of the API',
    ({ scenario, outcome }) => {
      const changes = requestWith(
        { accept: 'text/html', prefer: `scenario=${scenario}` },
        { query: 'format=csv' },
      );
      const reply = createMock().answer(request(changes));
      expect(reply.kind === 'response' ? reply.status : reply.kind).toBe(outcome);
      const { kind } = createMock().answer(request({ ...changes, method: 'POST' }));
      expect(kind).toBe('response');
    },
  );

  it.each(['GET', 'HEAD', 'POST', 'OPTIONS', 'BREW'])('after a preference error of %s', (method) => {
    const reply = prefer(mock, 'scenario=trottled', { method });
    expect(reply.status).toBe(400);
    expect(reply.headers).toMatchObject({ allow: 'GET, HEAD, OPTIONS', vary: 'Prefer' });
    expect(reply.body === null).toBe(method === 'HEAD');
  });

  it('to HEAD without a body and with the headers of GET', () => {
    const { headers } = ask(mock);
    expect(ask(mock, { method: 'HEAD' })).toMatchObject({ status: 429, headers, body: null });
  });

  it.each(Object.values(PATHS))('only when one is selected, at %s', (path) => {
    const { status, headers } = ask(createMock({ now: NOW }), { path });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'x-mock-scenario': 'ok', 'x-mock-source': 'database' });
  });

  it('only by operations that have it', () => {
    const mock = createMock({ scenario: 'trend-up' });
    expect(scenarioOf(mock)).toBe('trend-up');
    expect(scenarioOf(mock, { path: PATHS[FLAGS] })).toBe('ok');
  });
});

it.each([
  { case: 'no key', changes: { headers: {} } },
  { case: 'an unknown key', changes: { headers: { authorization: 'Bearer phx_unknown' } } },
  { case: 'an unknown key in the query', changes: { headers: {}, query: 'personal_api_key=phx_unknown' } },
  { case: 'no key for OPTIONS', changes: { headers: {}, method: 'OPTIONS' } },
  { case: 'no key for POST', changes: { headers: {}, method: 'POST' } },
])('a 401 for $case says how to authenticate', ({ changes }) => {
  const { status, headers } = ask(createMock(), changes);
  expect(status).toBe(401);
  expect(headers['www-authenticate']).toBe(
    'Bearer resource_metadata="https://us.posthog.com/.well-known/oauth-protected-resource"',
  );
});
