import type { Hono } from 'hono';
import type { Answer } from '../../contract/message.ts';
import contract from '../../generated/control-plane.json' with { type: 'json' };
import { isObject } from '../../json.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { problem } from '../../mock/problem.ts';
import { operationsOf } from '../../mock/scenarios/catalogue.ts';
import { servedOf } from '../../mock/served.ts';
import type { MockSnapshot } from '../../mock/snapshot.ts';
import { isUsageError } from '../../usage-error.ts';
import { healthOf } from '../health.ts';
import { refuseLargeSnapshot, refuseManyRows } from '../row-limits.ts';
import type { ControlEnv } from './control-env.ts';
import { withInput, withJson } from './input.ts';
import { refuseManyNames } from './member-names.ts';
import { attempt, noContent, toResponse } from './responses.ts';

const JSON_HEADERS = { headers: { 'Content-Type': 'application/json' } };

/** The mock as a whole: its contract, scenario, rows and clock. */
export function mockRoutes(app: Hono<ControlEnv>): void {
  app.get('/openapi.json', (context) => context.json(contract));
  app.get('/health', (context) => context.json(healthOf(context.var.parts.sessions)));
  app.get('/contract', ({ var: { mock } }) => Response.json(mock.contract.document));
  app.get('/scenarios', (context) => context.json(scenariosOf(context.var.mock)));
  app.get('/scenario', ({ var: { mock } }) => Response.json({ selected: mock.scenario }));
  app.put('/scenario', (context) =>
    withInput(context, '/scenario', 'put', ({ scenario, ...options }) => {
      const { mock } = context.var;
      try {
        mock.use(scenario, options);
      } catch (cause) {
        const isKnown = scenario === null || mock.scenarios.some(({ name }) => name === scenario);
        if (!isUsageError(cause) || isKnown) throw cause;
        return toResponse(scenarioNotFound(cause.message));
      }
      return context.json({ selected: mock.scenario });
    }),
  );
  app.post('/reset', (context) =>
    withInput(context, '/reset', 'post', () => {
      context.var.mock.reset();
      return noContent();
    }),
  );
  app.get('/fixtures', ({ var: { mock } }) =>
    attempt(() => {
      refuseLargeSnapshot(servedOf(mock).bytes());
      const json = JSON.stringify(mock.snapshot());
      // What GET gives, PUT takes.
      const refusal = refuseManyNames(json);
      return refusal ? toResponse(refusal) : new Response(json, JSON_HEADERS);
    }),
  );
  app.put('/fixtures', (context) =>
    withJson(context, (snapshot) => {
      if (isObject(snapshot)) refuseManyRows(snapshot.rows);
      // `restore` takes nothing that is not a snapshot.
      servedOf(context.var.mock).restore(snapshot as MockSnapshot);
      return noContent();
    }),
  );
  app.get('/clock', (context) => context.json(clockOf(context.var.mock)));
  app.put('/clock', (context) =>
    withInput(context, '/clock', 'put', ({ now, advance }) => {
      const { mock } = context.var;
      if (now !== undefined) mock.clock.set(now);
      if (advance !== undefined) mock.clock.advance(advance);
      return context.json(clockOf(mock));
    }),
  );
}

function scenarioNotFound(detail: string): Answer {
  return problem('SCENARIO_NOT_FOUND', detail, [{ in: 'body', pointer: '/scenario', detail }]);
}

function scenariosOf({ scenario, scenarios, contract }: CoreMock) {
  return { selected: scenario, operations: operationsOf(contract), scenarios };
}

function clockOf({ clock }: CoreMock) {
  return { now: clock.now().toISOString(), kind: clock.kind };
}
