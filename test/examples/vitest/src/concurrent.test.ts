// Tests that run at the same time: each has a session, an isolated mock, in a boundary of MSW.
import { setupServer } from 'msw/node';
import { createMock, type Mock, type ScenarioName, unhandled } from 'posthog-experiments-mock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeLaunches } from './launches.ts';

const mock = createMock({ now: '2026-01-31T12:00:00Z' });
const server = setupServer();

beforeAll(() => server.listen(unhandled(mock)));
afterAll(() => server.close());

/** Runs code whose requests are answered by a session in this scenario. */
const inScenario = (scenario: ScenarioName, run: (session: Mock) => Promise<void>) =>
  server.boundary(async () => {
    using session = mock.session({ scenario });
    server.use(...session.handlers);
    await run(session);
  })();

describe.concurrent('the launches of a project', () => {
  it.each([
    ['ok', /^8 launched/],
    ['few-launches', /^3 launched/],
    ['throttled', /^Too many requests/],
    ['missing-scope', /missing required scope/],
  ] as const)('are told in the scenario %s', (scenario, expected) =>
    inScenario(scenario, async ({ journal }) => {
      for (const _ of Array(5)) expect(await describeLaunches(1, 'phx_experiment_read')).toMatch(expected);
      expect(journal.entries).toHaveLength(5);
    }),
  );

  it('follow the rows of this test', () =>
    inScenario('ok', async ({ database }) => {
      database.experiments.create({ id: 100, project_id: 1, start_date: 'now-1d' });
      expect(await describeLaunches(1, 'phx_experiment_read')).toMatch('9 launched');
    }));
});
