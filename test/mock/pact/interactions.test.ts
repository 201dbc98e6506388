import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest } from '../../../src/index.ts';
import { copyWith, mockWith } from '../../contract/copies.ts';
import { ask, FLAGS, NOW, PATHS, prefer, request, requestWith, STATS } from '../asking.ts';
import { leftOutOf, NAMES, onlyInteraction } from './asking.ts';

const open = () => createMock({ now: NOW });
const TYPE = { combine: 'AND', matchers: [{ match: 'type' }] };
const regex = (pattern: string) => ({ combine: 'AND', matchers: [{ match: 'regex', regex: pattern }] });

describe('an interaction', () => {
  it('has the request, the answer and their rules', () => {
    const mock = open();
    ask(mock, requestWith({ accept: 'application/json', 'user-agent': 'test' }, { query: 'format=json' }));
    expect(mock.pact(NAMES)).toEqual({
      consumer: { name: 'launch-dashboard' },
      provider: { name: 'posthog' },
      interactions: [
        {
          type: 'Synchronous/HTTP',
          key: expect.stringMatching(/^[0-9a-f]{16}$/),
          description: `${STATS} with format answers 200`,
          request: {
            method: 'GET',
            path: PATHS[STATS],
            query: { format: ['json'] },
            headers: { Accept: ['application/json'], Authorization: ['Bearer [redacted]'] },
            matchingRules: {
              path: regex('^/api/projects/[^/]+/experiments/stats/$'),
              query: { format: regex('^(json)$') },
              header: { Authorization: regex('^Bearer .+$') },
            },
          },
          response: {
            status: 200,
            headers: { 'Content-Type': ['application/json'], Allow: ['GET, HEAD, OPTIONS'] },
            body: {
              content: expect.objectContaining({ percent_change: expect.any(Number) }),
              contentType: 'application/json',
              contentTypeHint: 'TEXT',
              encoded: false,
            },
            matchingRules: {
              header: { Allow: TYPE },
              body: {
                $: TYPE,
                ...Object.fromEntries(
                  [
                    'launched_last_30d',
                    'launched_previous_30d',
                    'active_experiments',
                    'completed_last_30d',
                  ].map((name) => [`$.${name}`, { combine: 'AND', matchers: [{ match: 'integer' }] }]),
                ),
                '$.percent_change': { combine: 'AND', matchers: [{ match: 'number' }] },
              },
            },
          },
        },
      ],
      metadata: { pactSpecification: { version: '4.0' }, 'posthog-experiments-mock': { leftOut: {} } },
    });
  });

  it.each([
    { preferences: 'scenario=ok', states: undefined },
    { preferences: 'scenario=throttled', states: [{ name: 'throttled' }] },
    { preferences: 'scenario=documented', states: [{ name: 'documented' }] },
  ])('has the state of its scenario: $preferences', ({ preferences, states }) => {
    const mock = open();
    prefer(mock, preferences);
    expect(onlyInteraction(mock).providerStates).toEqual(states);
  });

  it('has a state for an error that nobody forced', () => {
    const mock = open();
    ask(mock, { headers: {} });
    expect(onlyInteraction(mock)).toMatchObject({
      providerStates: [{ name: 'status 401' }],
      description: `${STATS} answers 401`,
    });
  });

  it('has no rule for a path that its template does not match as a whole', () => {
    const mock = open();
    ask(mock, { path: '/api/projects/1/experiments/stats.json' });
    expect(onlyInteraction(mock).request).toMatchObject({ path: '/api/projects/1/experiments/stats.json' });
    expect(onlyInteraction(mock).request.matchingRules).not.toHaveProperty('path');
  });

  it('leaves out of an answer what its schema allows, but does not name', () => {
    const mock = open();
    prefer(mock, 'scenario=approval-required');
    expect(onlyInteraction(mock).response.body?.content).toMatchObject({
      resource_type: 'feature_flag',
      change_request: { intent: {}, created_by: { first_name: 'Nora' } },
    });
    expect(JSON.stringify(onlyInteraction(mock))).not.toContain('flag_key');
  });

  it('takes a value that may be null, and one of a format', () => {
    const mock = open();
    prefer(mock, 'scenario=approval-required');
    expect(onlyInteraction(mock).response.matchingRules?.body).toMatchObject({
      '$.resource_id': { combine: 'OR', matchers: [{ match: 'type' }, { match: 'null' }] },
      '$.change_request_id': { matchers: [{ match: 'regex', regex: expect.stringContaining('{4}') }] },
      '$.required_approvers.users[*]': { matchers: [{ match: 'integer' }] },
    });
  });

  it('has the body of a request', () => {
    const mock = thingsMock();
    const body = '{"name":"a","count":1}';
    ask(mock, {
      method: 'POST',
      path: '/api/things/',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(onlyInteraction(mock).request).toMatchObject({
      method: 'POST',
      path: '/api/things/',
      headers: { 'Content-Type': ['application/json'] },
      body: { content: { name: 'a', count: 1 }, contentType: 'application/json', encoded: false },
      matchingRules: { body: { $: TYPE, '$.name': regex(String.raw`^(a|b\.c)$`) } },
    });
  });
});

/** A mock with an operation that takes a body. */
function thingsMock() {
  const properties = { name: { enum: ['a', 'b.c'] }, count: { type: 'integer' } };
  return mockWith((document) => {
    document.paths['/api/things/'] = {
      post: {
        operationId: 'things_create',
        requestBody: { content: { 'application/json': { schema: { type: 'object', properties } } } },
        responses: { 201: { description: 'Made.', content: { 'application/json': { example: { id: 1 } } } } },
      },
    };
  });
}

describe('requests of the same shape are one interaction', () => {
  it.each<{ what: string; first?: Partial<HttpRequest>; changes: Partial<HttpRequest> }>([
    { what: 'the same request', changes: {} },
    { what: 'another project', changes: { path: '/api/projects/@current/experiments/stats/' } },
    { what: 'another key', changes: { headers: { authorization: 'Bearer phx_all_access' } } },
    { what: 'another value of an unknown parameter', first: { query: '_=1' }, changes: { query: '_=a' } },
    { what: 'a header that does not matter', changes: requestWith({ 'user-agent': 'test' }) },
    {
      what: 'another value',
      first: { path: PATHS[FLAGS], query: 'limit=1' },
      changes: { path: PATHS[FLAGS], query: 'limit=2' },
    },
    {
      what: 'another order of parameters',
      first: { path: PATHS[FLAGS], query: 'limit=1&format=json' },
      changes: { path: PATHS[FLAGS], query: 'format=json&limit=1' },
    },
  ])('with $what', ({ first = {}, changes }) => {
    const mock = open();
    ask(mock, first);
    ask(mock, changes);
    expect(mock.pact(NAMES).interactions).toHaveLength(1);
  });

  it.each<{ what: string; changes: Partial<HttpRequest> }>([
    { what: 'another operation', changes: { path: PATHS[FLAGS] } },
    { what: 'another parameter', changes: { query: 'format=json' } },
    { what: 'another status', changes: { path: '/api/projects/99/experiments/stats/' } },
    { what: 'another scenario', changes: requestWith({ prefer: 'scenario=trend-up' }) },
    { what: 'another media type', changes: requestWith({ accept: 'application/json' }) },
    { what: 'a path that ends otherwise', changes: { path: '/api/projects/1/experiments/stats' } },
  ])('but not with $what', ({ changes }) => {
    const mock = open();
    ask(mock);
    ask(mock, changes);
    const { interactions } = mock.pact(NAMES);
    expect(interactions).toHaveLength(2);
    expect(new Set(interactions.map(({ key }) => key)).size).toBe(2);
    expect(new Set(interactions.map(({ description }) => description)).size).toBe(2);
  });
});

it('a multipart body is one interaction, whatever its boundary is', () => {
  const mock = thingsMock();
  for (const boundary of ['one-1', 'two-2']) {
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
    const body = `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${boundary}--\r\n`;
    ask(mock, { method: 'POST', path: '/api/things/', headers, body });
  }
  expect(onlyInteraction(mock).request.matchingRules?.header).toEqual({
    'Content-Type': regex('^multipart/form-data; boundary=.+$'),
  });
});

it('items of the same shape are one, in any order and at any depth', () => {
  const mock = thingsMock();
  const deep = (value: string) => '['.repeat(90) + value + ']'.repeat(90);
  const bodies = [deep('1,"a"'), deep('"b",2,3'), deep('1')];
  for (const body of bodies) {
    ask(mock, {
      method: 'POST',
      path: '/api/things/',
      headers: { 'content-type': 'application/json' },
      body,
    });
  }
  expect(mock.pact(NAMES).interactions.map(({ request }) => JSON.stringify(request.body?.content))).toEqual([
    bodies[0],
    bodies[2],
  ]);
});

it('a key is the same in another mock, whatever came before', () => {
  const [one, other] = [open(), open()];
  ask(one, { path: PATHS[FLAGS] });
  ask(one);
  ask(other);
  expect(one.pact(NAMES).interactions[1]?.key).toBe(onlyInteraction(other).key);
});

describe('left out and counted is', () => {
  it.each<{ what: string; changes: Partial<HttpRequest>; reason: string }>([
    { what: 'what no operation matches', changes: { path: '/api/other/' }, reason: 'unmatched' },
    { what: 'another method', changes: { method: 'POST' }, reason: 'otherMethod' },
    { what: 'HEAD', changes: { method: 'HEAD' }, reason: 'otherMethod' },
    { what: 'a refusal of the mock itself', changes: requestWith({ prefer: 'code=299' }), reason: 'problem' },
    {
      what: 'a broken connection',
      changes: requestWith({ prefer: 'scenario=network-error' }),
      reason: 'noResponse',
    },
    { what: 'a timeout', changes: requestWith({ prefer: 'scenario=timeout' }), reason: 'noResponse' },
    {
      what: 'a broken body',
      changes: requestWith({ prefer: 'scenario=malformed-json' }),
      reason: 'malformed',
    },
    { what: 'what the journal has cut', changes: { query: `a=${'b'.repeat(5000)}` }, reason: 'tooLong' },
  ])('$what', ({ changes, reason }) => {
    const mock = open();
    mock.answer(request(changes));
    const pact = mock.pact(NAMES);
    expect(pact.interactions).toEqual([]);
    expect(leftOutOf(pact)).toEqual({ [reason]: 1 });
  });

  it('an answer that the mock would not send', () => {
    const contract = copyWith((document) => {
      document.components.schemas.ExperimentStats.required.push('more');
      document.paths['/api/projects/{project_id}/experiments/stats/'].get.responses['200'].content[
        'application/json'
      ].examples = {};
    });
    const mock = createMock({ now: NOW, contract });
    expect(ask(mock).status).toBe(500);
    expect(leftOutOf(mock.pact(NAMES))).toEqual({ problem: 1 });
  });

  it('a body that is nested too deeply', () => {
    const mock = thingsMock();
    mock.pact(NAMES);
    const body = '['.repeat(30_000) + ']'.repeat(30_000);
    const headers = { 'content-type': 'application/json' };
    expect(ask(mock, { method: 'POST', path: '/api/things/', headers, body }).status).toBe(201);
    expect(leftOutOf(mock.pact(NAMES))).toEqual({ tooLong: 1 });
  });
});
