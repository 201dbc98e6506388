import { type CoverageThresholds, checkThresholds, createMock, mergeCoverage } from '../../../src/index.ts';
import type { Fault } from '../fault.ts';
import { runSuite } from '../run-suite.ts';
import { MISTAKES, type Mistake } from '../suite/mistakes.ts';
import { FLAG, STATS } from '../tools.ts';

/** A mistake that the tests of a client find. */
function found({ what, tool }: Mistake): Fault {
  return {
    where: 'test suite',
    what,
    tool,
    look: async (hasFault) => {
      const failures = (await runSuite()).get(`${what}: ${hasFault ? 'wrong' : 'right'}`);
      if (failures === undefined) throw new Error(`The suite did not run "${what}".`);
      return failures;
    },
  };
}

/** A test, by what it makes the client ask. */
type Test = readonly [path: string, scenario: 'ok' | 'throttled'];

/** A test that is lost, of a suite that had just reached its threshold. */
function lost(what: string, thresholds: CoverageThresholds, tests: readonly Test[]): Fault {
  return {
    where: 'test suite',
    what,
    tool: 'coverage',
    look: async (hasFault) => {
      const kept = hasFault ? tests.slice(0, -1) : tests;
      const workers = kept.map(async ([path, scenario]) => {
        const mock = createMock({ scenario });
        await mock.fetch(`https://us.posthog.com${path}`);
        return mock.coverage();
      });
      return checkThresholds(mergeCoverage(await Promise.all(workers)), thresholds);
    },
  };
}

export const SUITE_FAULTS: readonly Fault[] = [
  ...MISTAKES.map(found),
  lost('the only test of an operation is removed', { operations: 100 }, [
    [STATS, 'ok'],
    [FLAG, 'ok'],
  ]),
  lost('the only test of an error is removed', { scenarios: 3.5, statuses: 9 }, [
    [STATS, 'ok'],
    [STATS, 'throttled'],
  ]),
  lost('the only test that sends a parameter is removed', { parameters: 12.5 }, [
    [FLAG, 'ok'],
    [`${FLAG}?limit=5`, 'ok'],
  ]),
  lost('all tests are skipped', { operations: 1 }, [[STATS, 'ok']]),
];
