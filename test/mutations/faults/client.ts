import type { Fault } from '../fault.ts';
import { comparePact, FLAG, hintFor, hintForThing, STATS } from '../tools.ts';
import { typeErrors } from '../type-check.ts';

/** A mistake in a request. */
function inRequest(what: string, right: string, wrong: string): Fault {
  return {
    where: 'client',
    what,
    tool: 'request check',
    look: (hasFault) => hintFor(hasFault ? wrong : right),
  };
}

/** A mistake in a request that is recorded. */
function inPact(what: string, right: string, wrong: string): Fault {
  return {
    where: 'client',
    what,
    tool: 'pact and its comparator',
    look: (hasFault) => comparePact(hasFault ? wrong : right),
  };
}

type Thing = Parameters<typeof hintForThing>[0];

/** A mistake in a request of a contract that has parameters everywhere, and a body. */
function inThing(what: string, right: Thing, wrong: Thing): Fault {
  return {
    where: 'client',
    what,
    tool: 'request check',
    look: (hasFault) => hintForThing(hasFault ? wrong : right),
  };
}

function inBody(what: string, right: string, wrong: string, type = 'application/json'): Fault {
  const sent = (body: string) => ({ method: 'POST', headers: { 'content-type': type }, body });
  return inThing(what, sent(right), sent(wrong));
}

function withHeader(name: string, value: string): Thing {
  return { headers: { 'x-tenant': '1', [name]: value } };
}

/** A mistake in the code of a test. */
function inCode(what: string, right: string, wrong: string): Fault {
  const code = (line: string) => `import { createMock } from '../../src/index.ts';
const mock = createMock();
${line}
`;
  return {
    where: 'client',
    what,
    tool: 'type check',
    look: (hasFault) => typeErrors(code(hasFault ? wrong : right)),
  };
}

const MATCHERS = "import { expect } from 'vitest'; import '../../src/adapters/vitest/vitest.ts';";

const EVENTS = encodeURIComponent('[{"id":"$pageview"}]');

export const CLIENT_FAULTS: readonly Fault[] = [
  inRequest('a parameter is unknown', `${FLAG}?limit=5`, `${FLAG}?limt=5`),
  inRequest('a parameter is repeated', `${FLAG}?limit=5`, `${FLAG}?limit=5&limit=6`),
  inRequest('a parameter has another type', `${FLAG}?limit=5`, `${FLAG}?limit=five`),
  inRequest('a parameter is not JSON', `${FLAG}?events=${EVENTS}`, `${FLAG}?events=$pageview`),
  inRequest('a parameter breaks its schema', `${FLAG}?events=${EVENTS}`, `${FLAG}?events=%7B%22id%22%3A1%7D`),
  inRequest('a segment of the path is misspelt', STATS, STATS.replace('experiments', 'experiment')),
  inPact('a parameter is unknown', `${FLAG}?limit=5`, `${FLAG}?limt=5`),
  inPact('a parameter has another type', `${FLAG}?limit=5`, `${FLAG}?limit=five`),
  inPact('a number is out of range', `${FLAG}?limit=5`, `${FLAG}?limit=-5`),
  inThing('the path has another type', { target: '/things/1' }, { target: '/things/one' }),
  inThing(
    'an array has another style',
    { target: '/things/1?sort=name,age' },
    { target: '/things/1?sort=name|age' },
  ),
  inThing(
    'an array is repeated that is one text',
    { target: '/things/1?sort=name,age' },
    { target: '/things/1?sort=name&sort=age' },
  ),
  inThing(
    'a member of an object has another type',
    { target: '/things/1?filter[age]=5' },
    { target: '/things/1?filter[age]=old' },
  ),
  inThing(
    'an object has another style',
    { target: '/things/1?filter[age]=5' },
    { target: '/things/1?filter=age,5' },
  ),
  inThing('a header is missing', {}, { headers: {} }),
  inThing('a header has another type', {}, withHeader('x-tenant', 'first')),
  inThing('an item of a header is unknown', withHeader('x-tags', 'a, b'), withHeader('x-tags', 'a, c')),
  inThing('a header has too many items', withHeader('x-tags', 'a, b'), withHeader('x-tags', 'a, b, a')),
  inThing('a cookie has another type', withHeader('cookie', 'page=1'), withHeader('cookie', 'page=last')),
  inThing(
    'the body is missing',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"ab"}' },
    { method: 'POST' },
  ),
  inThing(
    'the body has another media type',
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"ab"}' },
    { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<name>ab</name>' },
  ),
  inBody('the body is not JSON', '{"name":"ab"}', '{"name":"ab"'),
  inBody('a member of the body is missing', '{"name":"ab"}', '{}'),
  inBody('a member of the body is unknown', '{"name":"ab"}', '{"name":"ab","colour":"red"}'),
  inBody('a member of the body has another type', '{"name":"ab","count":1}', '{"name":"ab","count":"1"}'),
  inBody(
    'an item of the body has another type',
    '{"name":"ab","tags":["a"]}',
    '{"name":"ab","tags":["a",1]}',
  ),
  inBody(
    'a field of a form has another type',
    'name=ab&count=1',
    'name=ab&count=one',
    'application/x-www-form-urlencoded',
  ),
  inCode('a scenario does not exist', "mock.use('throttled');", "mock.use('throtled');"),
  inCode(
    'an operation does not exist',
    "mock.use('throttled', { operation: 'experiments_stats_retrieve' });",
    "mock.use('throttled', { operation: 'experiments_stats' });",
  ),
  inCode(
    'an operation does not have the scenario',
    "mock.use('trend-up', { operation: 'experiments_stats_retrieve' });",
    "mock.use('flag-required', { operation: 'experiments_stats_retrieve' });",
  ),
  inCode(
    'an assertion names a scenario that the operation does not have',
    `${MATCHERS} expect(mock).toHaveReceived('experiments_stats_retrieve', { scenario: 'trend-up' });`,
    `${MATCHERS} expect(mock).toHaveReceived('experiments_stats_retrieve', { scenario: 'flag-required' });`,
  ),
];
