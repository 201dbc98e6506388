import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ContractError, createMock, FixtureError, type MockOptions } from '../../src/index.ts';
import { ask, bodyOf, FLAGS, NOW, PATHS, STATS, scenarioOf } from './asking.ts';

/** Creates a mock with options that need not match the types. */
function create(options: unknown) {
  return createMock(options as MockOptions);
}

describe('a wrong option', () => {
  const known =
    'contract, provider, strict, fixtures, scenario, now, delay, origin, auth, throttle, validate, requests';
  const names = 'ok, flag-required, flag-implemented, documented, ';

  it.each([
    { options: null, error: TypeError, message: 'createMock takes an object of options; found null.' },
    { options: 'ok', error: TypeError, message: 'createMock takes an object of options; found "ok".' },
    {
      options: { scenari: 'ok' },
      error: TypeError,
      message: `createMock has no option "scenari". Did you mean "scenario"? The options are: ${known}.`,
    },
    {
      options: { foo: 1 },
      error: TypeError,
      message: `createMock has no option "foo". The options are: ${known}.`,
    },
    { options: { auth: 'on' }, error: TypeError, message: '"auth" is one of enforce, off; found "on".' },
    { options: { auth: false }, error: TypeError, message: '"auth" is one of enforce, off; found false.' },
    { options: { auth: null }, error: TypeError, message: '"auth" is one of enforce, off; found null.' },
    {
      options: { throttle: true },
      error: TypeError,
      message: '"throttle" is one of off, enforce; found true.',
    },
    {
      options: { validate: 'strict' },
      error: TypeError,
      message: '"validate" is one of error, warn, off; found "strict".',
    },
    {
      options: { scenario: 'throtled' },
      error: RangeError,
      message: `There is no scenario "throtled". Did you mean "throttled"? The contract has: ${names}`,
    },
    {
      options: { scenario: { [STATS]: 'nope' } },
      error: RangeError,
      message: `There is no scenario "nope". The contract has: ${names}`,
    },
    {
      options: { scenario: { default: { default: 'ok' } } },
      error: TypeError,
      message: 'The name of a scenario is a string; found {"default":"ok"}.',
    },
    {
      options: { scenario: { stats: 'ok' } },
      error: RangeError,
      message: `There is no operation "stats". The contract has: ${FLAGS}, ${STATS}.`,
    },
    ...[null, 5, ['ok'], true, new Map()].map((scenario) => ({
      options: { scenario },
      error: TypeError,
      message: `"scenario" is the name of a scenario, or { default: name, [operation]: name }; found ${JSON.stringify(scenario)}.`,
    })),
    ...['now-', 'yesterday', 5, null, new Date(Number.NaN)].map((now) => ({
      options: { now },
      error: RangeError,
      message: `The clock takes a valid Date, or an ISO 8601 time such as "2026-01-31T09:30:00Z", or one relative to the clock such as "now", "now-10d", "now+2h" or "now-1d-30m"; found ${JSON.stringify(now)}.`,
    })),
    ...[-1, 60_001, '5', [1], [2, 1], [1, 2, 3], [0, '1'], {}, null].map((delay) => ({
      options: { delay },
      error: RangeError,
      message: `"delay" is milliseconds from 0 to 60000, or [min, max] of them; found ${JSON.stringify(delay)}.`,
    })),
    {
      options: { delay: Number.NaN },
      error: RangeError,
      message: '"delay" is milliseconds from 0 to 60000, or [min, max] of them; found NaN.',
    },
    ...['us.posthog.com', '', 'file:///a', 5, null].map((origin) => ({
      options: { origin },
      error: TypeError,
      message: `"origin" is the origin of a URL, such as "https://us.posthog.com"; found ${JSON.stringify(origin)}.`,
    })),
    ...['Posthog', null, true].map((provider) => ({
      options: { provider },
      error: TypeError,
      message: `"provider" is one of posthog, contract; found ${JSON.stringify(provider)}.`,
    })),
    ...['true', null, 1].map((strict) => ({
      options: { strict },
      error: TypeError,
      message: `"strict" is one of false, true; found ${JSON.stringify(strict)}.`,
    })),
    {
      options: { provider: 'contract', throttle: 'enforce' },
      error: TypeError,
      message: '"throttle" is about PostHog\'s limits, which the provider "contract" does not have',
    },
    { options: { fixtures: null }, error: FixtureError, message: 'fixtures' },
    { options: { fixtures: [] }, error: FixtureError, message: 'fixtures' },
    { options: { fixtures: { experiment: [] } }, error: FixtureError, message: 'fixtures.experiment' },
    {
      options: { fixtures: { experiments: [{ id: 'one', project_id: 1 }] } },
      error: FixtureError,
      message: 'fixtures.experiments#/0/id: ',
    },
    {
      options: { contract: 'missing.yaml' },
      error: ContractError,
      message: 'missing.yaml: there is no such file',
    },
    {
      options: { contract: pathToFileURL('/missing.yaml') },
      error: ContractError,
      message: 'file:///missing.yaml: there is no such file',
    },
    { options: { contract: {} }, error: ContractError, message: '/openapi: the field is missing' },
    { options: { contract: null }, error: ContractError, message: 'this is not an OpenAPI document' },
    {
      options: { contract: 'a: [\n' },
      error: ContractError,
      message: 'this is neither YAML nor JSON',
    },
  ])('is refused with a helpful message: $options', ({ options, error, message }) => {
    expect(() => create(options)).toThrow(error);
    expect(() => create(options)).toThrow(message);
  });

  it('is not one that is undefined', () => {
    const options = Object.fromEntries(known.split(', ').map((name) => [name, undefined]));
    expect(ask(create(options)).status).toBe(200);
    expect(ask(createMock(undefined)).status).toBe(200);
  });
});

describe('auth', () => {
  const off = createMock({ auth: 'off', now: NOW });

  it.each([
    { case: 'no key', changes: { headers: {} } },
    { case: 'an unknown key', changes: { headers: { authorization: 'Bearer phx_unknown' } } },
    {
      case: 'a key without the scope',
      changes: { headers: { authorization: 'Bearer phx_no_experiment_scope' } },
    },
    { case: 'an outsider', changes: { headers: { authorization: 'Bearer phx_outsider' } } },
    { case: 'a project under access control', changes: { path: '/api/projects/4/experiments/stats/' } },
    {
      case: 'the current project of the first user',
      changes: { path: '/api/projects/@current/experiments/stats/' },
    },
  ])('off lets $case in', ({ changes }) => {
    expect(ask(off, changes).status).toBe(200);
  });

  it('off still answers 404 for an unknown project', () => {
    expect(bodyOf(off, { path: '/api/projects/99/experiments/stats/' }).detail).toBe('Project not found.');
  });
});

describe('origin', () => {
  const mock = createMock({ origin: 'https://us.posthog.com/any/path' });

  it.each([
    { origin: 'https://us.posthog.com', status: 200 },
    { origin: undefined, status: 200 },
    { origin: 'https://eu.posthog.com', status: 404 },
    { origin: 'http://us.posthog.com', status: 404 },
    { origin: 'https://us.posthog.com:8443', status: 404 },
  ])('answers a request to $origin with $status', ({ origin, status }) => {
    expect(ask(mock, origin === undefined ? {} : { origin }).status).toBe(status);
  });

  it('names the expected origin in the hint', () => {
    const hint =
      'The mock stands in for https://us.posthog.com only; the request went to https://eu.posthog.com.';
    const { headers, body } = ask(mock, { origin: 'https://eu.posthog.com' });
    expect(headers['x-mock-hint']).toBe(hint);
    expect(JSON.parse(body ?? '').detail).toBe('Endpoint not found.');
    expect(mock.journal.unmatched.at(-1)?.hint).toBe(hint);
  });

  it('may be any by default', () => {
    expect(ask(createMock(), { origin: 'https://example.com:1' }).status).toBe(200);
  });
});

describe('contract', () => {
  const yaml = `
    openapi: 3.1.0
    info: { title: Things, version: 1.0.0 }
    servers: [{ url: https://api.example/v2 }]
    paths:
      /things/{id}:
        get:
          operationId: thing
          responses:
            '200': { description: A thing, content: { text/plain: { example: a thing } } }
            '410': { description: Gone, content: { application/json: { examples: { gone: { value: {} } } } } }
  `.replaceAll(/^ {4}/gm, '');

  it.each([
    { kind: 'YAML text', contract: yaml },
    {
      kind: 'JSON text',
      contract:
        '{"openapi":"3.1.0","paths":{"/v2/things/{id}":{"get":{"operationId":"thing","responses":{"200":{"content":{"text/plain":{"example":"a thing"}}},"410":{"content":{"application/json":{"examples":{"gone":{"value":{}}}}}}}}}}}',
    },
  ])('given as $kind provides the operations and scenarios', ({ contract }) => {
    const mock = createMock({ contract });
    expect(ask(mock, { path: '/v2/things/1', headers: {} })).toMatchObject({
      status: 200,
      body: 'a thing',
      headers: {
        'x-mock-source': 'example',
        'x-mock-scenario': 'ok',
        'x-mock-operation': 'thing',
      },
    });
    mock.use('gone');
    expect(scenarioOf(mock, { path: '/v2/things/1' })).toBe('gone');
    expect(mock.scenarios.map(({ name }) => name)).toEqual(['ok', 'gone', 'network-error', 'timeout']);
    expect(ask(mock).status).toBe(404);
  });

  it.each([
    { kind: 'path', contract: 'openapi.yaml' },
    { kind: 'file: URL', contract: new URL('../../openapi.yaml', import.meta.url) },
    { kind: 'text of a file: URL', contract: new URL('../../openapi.yaml', import.meta.url).href },
    { kind: 'document', contract: createMock().contract.document },
  ])('can be given as a $kind', ({ contract }) => {
    const mock = createMock({ contract, now: NOW });
    expect(ask(mock, { path: PATHS[FLAGS] })).toEqual(ask(createMock({ now: NOW }), { path: PATHS[FLAGS] }));
  });
});
