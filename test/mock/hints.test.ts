import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMock, type HttpRequest, type MockOptions } from '../../src/index.ts';
import { mockWith } from '../contract/copies.ts';
import { ask, FLAGS, NOW, PATHS, prefer, request, requestWith, STATS } from './asking.ts';

interface Hinted {
  readonly what: string;
  readonly changes: Partial<HttpRequest>;
  readonly options?: MockOptions;
  readonly status: number;
  readonly hint: string;
}

/** Says the same in the header, in what the adapters get, and in the journal. */
function hintOf(changes: Partial<HttpRequest>, options: MockOptions = {}) {
  const mock = createMock({ now: NOW, ...options });
  const { status, headers, provenance } = ask(mock, changes);
  const [entry] = mock.journal.entries;
  const hint = headers['x-mock-hint'] ?? null;
  expect([provenance.hint, entry?.hint, entry?.response?.headers['X-Mock-Hint'] ?? null]).toEqual([
    hint,
    hint,
    hint,
  ]);
  return { status, hint };
}

const bearer = (key: string) => ({ headers: { authorization: `Bearer ${key}` } });
const authorization = (value: string) => ({ headers: { authorization: value } });
const project = (segment: string, changes: Partial<HttpRequest> = {}) => ({
  path: PATHS[STATS].replace('/1/', `/${segment}/`),
  ...changes,
});
const flags = (query: string) => ({ path: PATHS[FLAGS], query });

const PASSING =
  "Keys of the fixtures that would pass: phx_experiment_read (experiment:read), phx_experiment_write (experiment:write), phx_all_access (*). Or turn the check off: auth: 'off', or --auth off on the command line.";
const RIGHT = 'PostHog reads "Authorization: Bearer KEY".';
const COMMA = 'The key has a comma: several values were joined; send one.';
const EVENTS =
  '"events" is a JSON array, such as events=[{"id":"$pageview","type":"events","order":0}], percent-encoded';
const FLAGS_HAS = `for ${FLAGS}; it has events, actions, limit, properties, format, personal_api_key.`;
const WRITTEN = 'has no effect: preferences are written scenario=NAME, code=NNN and delay=MS.';

describe('a 401 names the mistake, keys that would pass, and how to do without', () => {
  it.each<{ sent: string; value: Partial<HttpRequest>; hint: string }>([
    { sent: 'nothing', value: { headers: {} }, hint: `The request has no key; ${RIGHT}` },
    {
      sent: 'an empty header',
      value: authorization(''),
      hint: `The header Authorization is empty; ${RIGHT}`,
    },
    {
      sent: 'Bearer alone',
      value: authorization('Bearer '),
      hint: `The header Authorization has no key after Bearer; ${RIGHT}`,
    },
    {
      sent: 'lower case',
      value: authorization('bearer phx_mine'),
      hint: `The word Bearer is case-sensitive; ${RIGHT}`,
    },
    {
      sent: 'another scheme',
      value: authorization('token phx_mine'),
      hint: `The header Authorization has the scheme Token; ${RIGHT}`,
    },
    {
      sent: 'a scheme that nobody knows',
      value: authorization('Hunter2 phx_mine'),
      hint: `The header Authorization has another scheme; ${RIGHT}`,
    },
    {
      sent: 'a key alone',
      value: authorization('phx_mine'),
      hint: `The header Authorization has one word, without Bearer before it; ${RIGHT}`,
    },
    { sent: 'an unknown key', value: bearer('phx_mine'), hint: 'The mock has no such key.' },
    {
      sent: 'an unknown key in the query',
      value: { headers: {}, query: 'personal_api_key=phx_mine' },
      hint: 'The mock has no such key.',
    },
    {
      sent: 'an empty key in the query',
      value: { headers: {}, query: 'personal_api_key=' },
      hint: 'The key is empty: a variable is not set.',
    },
    {
      sent: 'a number in a body',
      value: { headers: {}, method: 'POST', body: '{"personal_api_key":1}' },
      hint: 'The key is not text.',
    },
    {
      sent: 'a project key',
      value: bearer('phc_mine'),
      hint: 'This is a project key, with which apps send events; the API takes personal keys.',
    },
    { sent: 'undefined', value: bearer('undefined'), hint: 'The key is no value: a variable is not set.' },
    {
      sent: 'a variable',
      value: bearer('$POSTHOG_PERSONAL_API_KEY'),
      hint: 'The key is a placeholder that was not replaced.',
    },
    {
      sent: 'a placeholder',
      value: bearer('<your key>'),
      hint: 'The key is a placeholder that was not replaced.',
    },
    { sent: 'quotes', value: bearer('"phx_mine"'), hint: 'The key is in quotes, which would be part of it.' },
    { sent: 'two values, joined', value: bearer('phx_mine, Bearer phx_yours'), hint: COMMA },
    { sent: 'two values in quotes', value: bearer('"phx_mine","phx_yours"'), hint: COMMA },
    { sent: 'a project key first', value: bearer('phc_mine, Bearer phx_yours'), hint: COMMA },
    { sent: 'Bearer twice', value: bearer('Bearer phx_mine'), hint: 'The word Bearer is there twice.' },
    {
      sent: 'the key of an inactive user',
      value: bearer('phx_inactive_user'),
      hint: 'The user of the key, 4, is deactivated ("is_active": false).',
    },
  ])('$sent', ({ value, hint }) => {
    expect(hintOf(value)).toEqual({ status: 401, hint: `${hint} ${PASSING}` });
  });

  it('repeats no key that was sent, known or not', () => {
    const { hint } = hintOf(authorization('Token phx_experiment_read'));
    expect(hint).toContain('phx_experiment_write (experiment:write)');
    expect(hint).not.toContain('phx_experiment_read');
  });

  it('counts and describes the keys of your own fixtures, and names only those that the package has', () => {
    const key = (value: string, user_id = 1, scopes = ['experiment:read']) => ({ value, user_id, scopes });
    const hintWith = (...personalApiKeys: readonly ReturnType<typeof key>[]) =>
      hintOf(bearer('phx_mine'), { fixtures: { personalApiKeys } }).hint;
    expect(hintWith(key('phx_prod_secret'), key('phx_all_access', 3, ['*']))).toContain(
      'Keys of the fixtures that would pass: phx_all_access (*). Or',
    );
    const own = hintWith(key('phx_prod_secret'), key('phx_R3alKey', 3, ['*']), key('phx_no_scope', 1, []));
    expect(own).toContain(
      'Of the keys of your fixtures, 2 would pass: one of user 1 (experiment:read), one of user 3 (*). They may be real, so none is named. Or',
    );
    expect(hintWith(...Array.from({ length: 9 }, (_, id) => key(`phx_own_${id}`)))).toContain(
      '9 would pass: one of user 1 (experiment:read), one of user 1 (experiment:read), one of user 1 (experiment:read) and 6 more. They',
    );
    expect(hintWith()).toContain('The fixtures have no keys.');
  });

  it('names no key that was added while the mock runs', () => {
    const mock = createMock({ now: NOW });
    mock.database.personalApiKeys.delete({});
    mock.database.personalApiKeys.create({ value: 'phx_prod_secret', user_id: 1, scopes: ['*'] });
    const hintOfMine = () => ask(mock, bearer('phx_mine')).headers['x-mock-hint'];
    expect(hintOfMine()).toContain('1 would pass: one of user 1 (*).');
    mock.restore(mock.snapshot());
    expect(hintOfMine()).toContain('1 would pass: one of user 1 (*).');
    expect(ask(mock.session(), bearer('phx_mine')).headers['x-mock-hint']).toContain('phx_experiment_read');
  });

  it('is short with any number of keys', () => {
    const personalApiKeys = Array.from({ length: 500 }, (_, index) => ({
      value: `phx_${'a'.repeat(40)}_${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`,
      user_id: 1,
      scopes: Array.from({ length: 50 }, () => 'experiment:read'.repeat(20)),
    }));
    expect(hintOf(bearer('phx_mine'), { fixtures: { personalApiKeys } }).hint?.length).toBeLessThanOrEqual(
      1_000,
    );
  });
});

describe('a 403 names what refuses, and keys that would pass', () => {
  it.each([
    {
      key: 'phx_no_experiment_scope',
      hint: 'The key has the scopes feature_flag:read, insight:read; the operation needs experiment:read.',
    },
    {
      key: 'phx_other_project_only',
      hint: 'The key is limited to projects 2 ("scoped_teams"); the request is about project 1.',
    },
    {
      key: 'phx_other_organization_only',
      hint: 'The key is limited to organizations 0f1e2d3c-0002-4a6b-8c9d-000000000002 ("scoped_organizations"); project 1 is of 0f1e2d3c-0001-4a6b-8c9d-000000000001.',
    },
    {
      key: 'phx_outsider',
      hint: 'User 5 is not a member of organization 0f1e2d3c-0001-4a6b-8c9d-000000000001, which project 1 is of.',
    },
  ])('$key', ({ key, hint }) => {
    expect(hintOf(bearer(key))).toEqual({ status: 403, hint: `${hint} ${PASSING}` });
  });

  it('of another project names the keys of that project', () => {
    expect(hintOf(project('5', bearer('phx_forbidding_organization_member')))).toEqual({
      status: 403,
      hint: 'The organization of project 5 has "members_can_use_personal_api_keys": false, and user 6 is below admin there (level 1; 8 is admin). Keys of the fixtures that would pass: phx_forbidding_organization_admin (experiment:read). Or turn the check off: auth: \'off\', or --auth off on the command line.',
    });
  });

  it('that no key can avoid says so', () => {
    const { hint } = hintOf(project('4'));
    expect(hint).toContain(
      'Project 4 has "experiment_access": "none", which refuses every key. No key of the fixtures would pass here.',
    );
  });
});

describe('another refusal says what would be right', () => {
  const throttled = createMock({ throttle: 'enforce', now: NOW });
  for (let count = 0; count < 480; count += 1) throttled.answer(request());

  it.each<Hinted>([
    {
      what: 'a project that does not exist',
      changes: project('999'),
      status: 404,
      hint: 'There is no project "999". The projects are 1, 2, 3, 4, 5.',
    },
    {
      what: 'one of many projects',
      changes: project('a'),
      options: {
        fixtures: {
          projects: Array.from({ length: 9 }, (_, index) => ({
            id: index + 1,
            organization_id: '0f1e2d3c-0001-4a6b-8c9d-000000000001',
            name: 'A',
          })),
        },
      },
      status: 404,
      hint: 'There is no project "a". The projects are 1, 2, 3, 4, 5 and 4 more.',
    },
    {
      what: 'no current project',
      changes: project('@current', bearer('phx_no_current_project')),
      status: 404,
      hint: 'User 6 has no current project ("current_project_id"). The projects are 1, 2, 3, 4, 5.',
    },
    {
      what: 'a suffix',
      changes: { path: `${PATHS[STATS].slice(0, -1)}.xml` },
      status: 404,
      hint: 'JSON is the only format; found "xml" in the suffix of the path.',
    },
    {
      what: 'a format',
      changes: { query: 'format=xml' },
      status: 404,
      hint: 'JSON is the only format; found "xml" in the parameter "format". The query parameter "format": expected one of "json", found "xml".',
    },
    {
      what: 'a method',
      changes: { method: 'POST' },
      status: 405,
      hint: 'This path takes GET, HEAD, OPTIONS; found POST.',
    },
    {
      what: 'a media type',
      changes: requestWith({ accept: 'text/html' }),
      status: 406,
      hint: '"Accept" has to have application/json, application/* or */* in it; found "text/html".',
    },
    {
      what: 'an action',
      changes: flags('actions=[{"id":999}]'),
      status: 400,
      hint: 'The actions of project 1 are 1, 2, 3.',
    },
    {
      what: 'an action of a project without any',
      changes: { ...flags('actions=[{"id":1}]'), path: PATHS[FLAGS].replace('/1/', '/2/') },
      options: { fixtures: { actions: [] } },
      status: 400,
      hint: 'Project 2 has no actions.',
    },
    {
      what: 'an unknown scenario',
      changes: requestWith({ prefer: 'scenario=throtled' }),
      status: 400,
      hint: 'There is no scenario "throtled". Did you mean "throttled"? The contract has: ok, ',
    },
    {
      what: 'a delay',
      changes: requestWith({ prefer: 'delay=soon' }),
      status: 400,
      hint: '"delay" is whole milliseconds from 0 to 60000; found "soon".',
    },
    {
      what: 'events that are not JSON',
      changes: flags('events=booking_completed'),
      status: 500,
      hint: `${EVENTS}; found "booking_completed".`,
    },
    {
      what: 'events that are not objects',
      changes: flags('events=["booking_completed"]'),
      status: 500,
      hint: 'The query parameter "events", at /0: expected object, found "booking_completed".',
    },
    {
      what: 'properties that are not JSON',
      changes: flags('properties=x'),
      status: 400,
      hint: '"properties" is a JSON value, such as properties=[], percent-encoded; found "x".',
    },
    {
      what: 'a limit that is not a number',
      changes: flags('limit=abc'),
      status: 500,
      hint: 'The query parameter "limit": expected integer, found "abc".',
    },
    ...['1e3', '5.0'].map((limit) => ({
      what: `the limit ${limit}`,
      changes: flags(`limit=${limit}`),
      status: 500,
      hint: `The query parameter "limit": expected integer, found "${limit}".`,
    })),
    {
      what: 'a negative limit',
      changes: flags('limit=-1'),
      status: 500,
      hint: 'The query parameter "limit": expected at least 0, found -1.',
    },
  ])('$what', ({ changes, options, status, hint }) => {
    const found = hintOf(changes, options);
    expect(found.status).toBe(status);
    expect(found.hint?.startsWith(hint)).toBe(true);
  });

  it('the 481st request in a minute', () => {
    const { status, headers } = ask(throttled);
    expect([status, headers['x-mock-hint']]).toEqual([
      429,
      "The limit is 480 requests a minute for each key (throttle: 'enforce', --throttle enforce), on the mock's clock. It ends in 60 seconds: mock.clock.advance(60000), or PUT clock {\"advance\":60000} on the control plane.",
    ]);
  });

  it('an answer that breaks the contract', () => {
    const contract = structuredClone(createMock().contract.document);
    const { active_experiments } = contract.components?.schemas?.ExperimentStats?.properties ?? {};
    Object.assign(active_experiments ?? {}, { not: { const: 11 } });
    const { status, hint } = hintOf({}, { contract });
    expect(status).toBe(500);
    expect(hint).toContain('/active_experiments: expected another value, found 11.');
    expect(hint).toContain(
      "Mend the rows or the contract; with validate: 'off' (--validate off) it is sent as it is.",
    );
  });

  it('an approval that is waited for', () => {
    const mock = createMock({ now: NOW, scenario: 'approval-required' });
    const { headers, body } = ask(mock);
    const { change_request_id: id } = JSON.parse(body ?? '');
    expect(headers['x-mock-hint']).toBe(
      `Change request ${id} waits for a decision: mock.changeRequests.approve("${id}"), POST change-requests/${id}/approve on the control plane, or the panel.`,
    );
    mock.changeRequests.approve(id);
    expect(ask(mock).headers['x-mock-hint']).toBeUndefined();
  });
});

describe('an odd 200 says what had no effect', () => {
  it.each<Omit<Hinted, 'status'>>([
    {
      what: 'an array in brackets',
      changes: flags('events[0][id]=booking_completed&events[0][type]=events&events[1][id]=x'),
      hint: `The contract has no query parameter "events[0][id]" (${EVENTS}) ${FLAGS_HAS}`,
    },
    {
      what: 'escaped brackets',
      changes: flags('actions%5B%5D=1'),
      hint: `The contract has no query parameter "actions[]" ("actions" is a JSON array, such as actions=[{"id":1,"type":"actions","order":0}], percent-encoded) ${FLAGS_HAS}`,
    },
    {
      what: 'a misspelt name',
      changes: flags('event=[]'),
      hint: `The contract has no query parameter "event" (Did you mean "events"?) ${FLAGS_HAS}`,
    },
    {
      what: 'many unknown names',
      changes: flags('aa=1&bb=2&cc=3&dd=4&ee=5'),
      hint: `The contract has no query parameters "aa", "bb", "cc" and more ${FLAGS_HAS}`,
    },
    {
      what: 'a repeated parameter',
      changes: flags('events=[]&events=[]'),
      hint: `The query has "events" 2 times; ${EVENTS}.`,
    },
    {
      what: 'an entity of the wrong type',
      changes: flags('events=[{"id":true}]'),
      hint: 'The query parameter "events", at /0/id: expected string or integer or null, found true.',
    },
    {
      what: 'a parameter where there is none of its kind',
      changes: { query: 'events=[]' },
      hint: `The contract has no query parameter "events" for ${STATS}; it has format, personal_api_key.`,
    },
    {
      what: 'a scenario of another operation',
      changes: requestWith({ prefer: 'scenario=flag-required' }),
      hint: `Answers as "ok": ${STATS} has no scenario "flag-required". It has: ok, few-launches, trend-up, `,
    },
    {
      what: 'a scenario of the mock that the operation lacks',
      changes: {},
      options: { scenario: 'flag-required' },
      hint: `Answers as "ok": ${STATS} lacks "flag-required", which is selected for the mock.`,
    },
    {
      what: 'a misspelt preference',
      changes: requestWith({ prefer: 'senario=throttled' }),
      hint: 'Prefer has no preference "senario". Did you mean "scenario"?',
    },
    {
      what: 'the name that another tool has for a code',
      changes: requestWith({ prefer: 'status=429' }),
      hint: 'Prefer has no preference "status". Did you mean "code"?',
    },
    {
      what: 'that name with a colon',
      changes: requestWith({ prefer: 'status: 429' }),
      hint: 'Prefer has no preference "status:". Did you mean "code"?',
    },
    {
      what: 'a code of a status',
      changes: requestWith({ prefer: 'wait=1, statusCode=429' }),
      hint: 'Prefer has no preference "statusCode". Did you mean "code"?',
    },
    {
      what: "a preference by the name that a page's URL has for it",
      changes: requestWith({ prefer: 'mock-scenario=throttled' }),
      hint: 'Prefer has no preference "mock-scenario". Did you mean "scenario"?',
    },
    {
      what: 'a preference with a prefix',
      changes: requestWith({ prefer: 'x_mock_delay=5' }),
      hint: 'Prefer has no preference "x_mock_delay". Did you mean "delay"?',
    },
    {
      what: 'a colon',
      changes: requestWith({ prefer: 'scenario: throttled' }),
      hint: `"scenario: throttled" in Prefer ${WRITTEN}`,
    },
    {
      what: 'a name alone',
      changes: requestWith({ prefer: 'throttled' }),
      hint: `"throttled" in Prefer ${WRITTEN}`,
    },
    ...['{"scenario":"throttled"}', '"scenario"=throttled'].map((prefer) => ({
      what: prefer,
      changes: requestWith({ prefer }),
      hint: `"${prefer}" in Prefer ${WRITTEN}`,
    })),
    { what: 'a status alone', changes: requestWith({ prefer: '404' }), hint: `"404" in Prefer ${WRITTEN}` },
    {
      what: 'a preference given twice',
      changes: requestWith({ prefer: 'scenario=ok, example=throttled' }),
      hint: 'Prefer has "example" more than once; the first one counts.',
    },
    {
      what: 'a header of answers',
      changes: requestWith({ 'x-mock-scenario': 'throttled' }),
      hint: 'X-Mock-Scenario is a header of answers; a request selects with "Prefer: scenario=NAME".',
    },
    {
      what: 'several at once',
      changes: { ...flags('event=[]'), ...requestWith({ prefer: 'senario=x' }, flags('event=[]')) },
      hint: `The contract has no query parameter "event" (Did you mean "events"?) ${FLAGS_HAS} Prefer has no preference "senario". Did you mean "scenario"?`,
    },
  ])('$what', ({ changes, options, hint }) => {
    const found = hintOf(changes, options);
    expect(found.status).toBe(200);
    expect(found.hint?.slice(0, hint.length)).toBe(hint);
  });

  it('for a status that only the other operation has', () => {
    const contract = structuredClone(createMock().contract.document);
    Object.assign(contract.paths?.[`/api/projects/{project_id}/experiments/stats/`]?.get?.responses ?? {}, {
      418: {
        description: 'A teapot.',
        content: { 'text/plain': { examples: { teapot: { value: 'tea' } } } },
      },
    });
    const mock = createMock({ contract, now: NOW });
    const { status, headers } = prefer(mock, 'code=418', { path: PATHS[FLAGS] });
    expect(status).toBe(200);
    expect(headers['preference-applied']).toBeUndefined();
    expect(headers['x-mock-hint']).toBe(
      `Answers as "ok": ${FLAGS} has no answer with status 418. It has: 200, 400, 401, 403, 404, 405, 406, 409, 429, 500, 502.`,
    );
  });
});

describe('there is no hint', () => {
  it.each<{ what: string; changes: Partial<HttpRequest>; options?: MockOptions }>([
    { what: 'for a plain request', changes: {} },
    { what: 'for OPTIONS', changes: { method: 'OPTIONS', query: 'a=1' } },
    {
      what: 'for parameters as the contract has them',
      changes: flags('events=[{"id":"a"}]&actions=[]&limit=5&properties=[]&format=json'),
    },
    { what: 'for an empty parameter', changes: flags('events=&limit=') },
    {
      what: 'for a key in the query',
      changes: { headers: {}, query: 'personal_api_key=phx_experiment_read' },
    },
    { what: 'for a forced refusal', changes: {}, options: { scenario: 'missing-scope' } },
    { what: 'for a refusal that a request asks for', changes: requestWith({ prefer: 'code=401' }) },
    {
      what: 'for preferences of others',
      changes: requestWith({ prefer: 'return=minimal, wait=5, respond-async, depth-noroot, encoding=x' }),
    },
    {
      what: 'for preferences that are applied',
      changes: requestWith({ prefer: 'scenario=trend-up; delay=0' }),
    },
  ])('$what', ({ changes, options }) => {
    expect(hintOf(changes, options).hint).toBeNull();
  });
});

describe('a query of another contract', () => {
  const REF = '#/components/parameters';
  const list = { type: 'array', items: { type: 'integer' } };
  const LISTS = { List: list };
  const ofList = { $ref: '#/components/schemas/List' };

  /** The hint for statistics that take only this parameter. */
  const hintFor = (parameter: object, query: string) => {
    const mock = mockWith((document) => {
      Object.assign(document.components.schemas, LISTS);
      const path = document.paths['/api/projects/{project_id}/experiments/stats/'];
      path.get.parameters = [{ $ref: `${REF}/ProjectId` }, { in: 'query', ...parameter }];
    });
    const { status, headers } = ask(mock, { query });
    return { status, hint: headers['x-mock-hint'] ?? null };
  };

  it.each<{ name: string; query: string; schema: object; more?: object }>([
    { name: 'ids', query: 'ids=1&ids=2', schema: { anyOf: [list, { type: 'null' }] } },
    { name: 'ids', query: 'ids=1', schema: { anyOf: [list, { type: 'null' }] } },
    { name: 'ids', query: 'ids=1&ids=2', schema: { oneOf: [{ type: 'integer' }, ofList] } },
    { name: 'q', query: 'q=1,2', schema: { allOf: [ofList] }, more: { explode: false } },
    { name: 'q', query: 'q=1&q=2', schema: { allOf: [{ description: 'Some.' }, ofList] } },
    { name: 'q', query: 'q=1&q=2', schema: { anyOf: [{ description: 'Any.' }, { type: 'integer' }] } },
    { name: 'q', query: 'q=1&q=2', schema: {} },
    { name: 'filter', query: 'x=1', schema: { type: 'object' } },
    { name: 'filter', query: 'x=1', schema: { type: 'object' }, more: { required: true } },
    { name: 'filter', query: 'x=1', schema: { anyOf: [{ type: 'object' }, { type: 'null' }] } },
    { name: 'filter', query: 'filter[x]=1', schema: { type: 'object' }, more: { style: 'deepObject' } },
  ])('has no hint where it may be right: $schema, $query', ({ name, query, schema, more }) => {
    expect(hintFor({ name, schema, ...more }, query)).toEqual({ status: 200, hint: null });
  });

  const maybe = { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] };
  it.each<{ query: string; schema: object; hint: string }>([
    { query: 'ids=x', schema: maybe, hint: 'The query parameter "ids": expected one of 2 forms' },
    { query: 'ids=1&ids=2', schema: maybe, hint: 'The query has "ids" 2 times; "ids" takes one value.' },
    { query: 'ids=1,2', schema: list, hint: 'The query parameter "ids", at /0: expected integer' },
    { query: 'id=1', schema: maybe, hint: 'The contract has no query parameter "id" (Did you mean "ids"?)' },
    {
      query: 'ids[]=1',
      schema: list,
      hint: 'The contract has no query parameter "ids[]" (Did you mean "ids"?)',
    },
    { query: 'x=1', schema: { anyOf: [list, maybe] }, hint: 'The contract has no query parameter "x" for' },
  ])('has one where it cannot be: $schema, $query', ({ query, schema, hint }) => {
    expect(hintFor({ name: 'ids', schema }, query).hint).toContain(hint);
  });
});

describe('any hint', () => {
  /** Only letters and digits, so that no escaping can hide it. */
  const SECRET = 'Leak4711Leak';
  const wild = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      `phx_${SECRET}`,
      `"phc_${SECRET}"`,
      `%70hx_${SECRET}`,
      `personal_api_key=${SECRET}`,
      '[]',
      '{}',
      '\r\n',
    ),
  );

  it('is one line of printable ASCII that fits a header, and repeats no secret', () => {
    fc.assert(
      fc.property(
        wild,
        wild,
        wild,
        wild,
        fc.constantFrom(STATS, FLAGS),
        (key, name, value, preference, operation) => {
          const { provenance } = createMock({ now: NOW }).answer(
            request({
              path: PATHS[operation],
              query: String(
                new URLSearchParams([
                  [name, value],
                  ['events', value],
                ]),
              ),
              headers: { authorization: key, prefer: preference, accept: `application/json, ${name}` },
            }),
          );
          const hint = provenance.hint ?? '';
          expect(hint).toMatch(/^[\x20-\x7e]{0,1000}$/);
          expect(hint).not.toContain(SECRET);
        },
      ),
    );
  });
});
