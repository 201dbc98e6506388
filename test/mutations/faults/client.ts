import type { Fault } from '../fault.ts';
import { comparePact, FLAG, hintFor, STATS } from '../tools.ts';
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
