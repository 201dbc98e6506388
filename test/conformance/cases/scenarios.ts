import { createMock } from '../../../src/index.ts';
import { DESCRIBED, type Described } from '../../mock/catalogue.ts';
import {
  answered,
  type Case,
  CHALLENGE,
  expectCase,
  forbidden,
  PATHS,
  type Received,
  STATS,
} from '../case.ts';
import { PACKAGED } from './checks.ts';

/** Every example of the contract is sent verbatim, whether the request or the mock selects it. */
const EXAMPLES = DESCRIBED.filter(
  ({ name, example }) =>
    example !== undefined && !['missing-scope', 'approval-required', 'change-request-pending'].includes(name),
);

function verbatim({ operation, name, status, contentType, example, synthetic }: Described): Received {
  const body = contentType?.startsWith('application/json') ? JSON.stringify(example) : String(example);
  const { headers } = answered(status ?? 0, body, { operation, scenario: name, source: 'example' });
  return {
    status: status ?? 0,
    headers: {
      ...headers,
      'content-type': contentType ?? '',
      ...(synthetic && { 'x-mock-synthetic': 'true' }),
      ...(status === 401 && CHALLENGE),
    },
    body,
  };
}

const BY_REQUEST = EXAMPLES.map((scenario) => {
  const { headers, ...expected } = verbatim(scenario);
  const preference = `scenario=${scenario.name}`;
  return expectCase(
    `${preference} of ${scenario.operation}`,
    { request: { path: PATHS[scenario.operation], headers: { prefer: preference } } },
    { ...expected, headers: { ...headers, 'preference-applied': preference } },
  );
});

const BY_MOCK = createMock().scenarios.flatMap(({ name: scenario }) =>
  EXAMPLES.filter(({ name, operation }) => name === scenario && operation === STATS).map((example) =>
    expectCase(
      `${scenario}, selected`,
      { options: { scenario }, request: { headers: {} } },
      verbatim(example),
    ),
  ),
);

const missing = forbidden("API key missing required scope 'experiment:read'", {
  scenario: 'missing-scope',
  source: 'responder',
});

const prefers = (prefer: string, expected: Received, more: Record<string, string> = {}) =>
  expectCase(
    `Prefer: ${prefer}`,
    { request: { headers: { authorization: 'Bearer phx_experiment_read', prefer, ...more } } },
    expected,
  );

const applied = (received: Received, preferences: string): Received => ({
  ...received,
  headers: { ...received.headers, 'preference-applied': preferences },
});

const ok = answered(200, PACKAGED[STATS]);
const empty = { status: 200, body: '' };
const { 'content-type': _, ...emptyHeaders } = answered(200, '', {
  scenario: 'documented',
  source: 'example',
}).headers;

export const SCENARIOS: readonly Case[] = [
  ...BY_REQUEST,
  ...BY_MOCK,
  prefers('scenario=missing-scope', applied(missing, 'scenario=missing-scope')),
  prefers('example=missing-scope', applied(missing, 'example=missing-scope')),
  prefers('SCENARIO="missing-scope"', applied(missing, 'scenario=missing-scope')),
  prefers('scenario=ok', applied(ok, 'scenario=ok')),
  prefers('code=200', applied(ok, 'code=200')),
  prefers('delay=1', applied(ok, 'delay=1')),
  prefers('delay=1; scenario=missing-scope', applied(missing, 'delay=1, scenario=missing-scope')),
  prefers('respond-async', ok),
  prefers('scenario=flag-required', ok),
  prefers('senario=missing-scope', ok),
  expectCase('a scenario that the operation lacks, selected', { options: { scenario: 'flag-required' } }, ok),
  prefers('scenario=documented', applied({ ...empty, headers: emptyHeaders }, 'scenario=documented')),
  expectCase(
    'a scenario for one operation',
    { options: { scenario: { [STATS]: 'missing-scope' } } },
    missing,
  ),
  expectCase(
    'HEAD of a scenario',
    { options: { scenario: 'missing-scope' }, request: { method: 'HEAD' } },
    { ...missing, body: '' },
  ),
  expectCase('a broken connection', { options: { scenario: 'network-error' } }, 'network-error'),
  expectCase(
    'a preference for a broken connection',
    { request: { headers: { prefer: 'scenario=network-error' } } },
    'network-error',
  ),
  expectCase(
    'the 481st request in a minute',
    { options: { throttle: 'enforce' }, times: 481 },
    answered(429, {
      type: 'throttled_error',
      code: 'throttled',
      detail: 'Request was throttled. Expected available in 60 seconds.',
      attr: null,
    }),
  ),
];
