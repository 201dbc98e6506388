import type { Pact, PactInteraction } from '../../../src/index.ts';
import type { CoreMock } from '../../../src/mock/mock.ts';
import { type Asked, PATHS, request } from '../asking.ts';

export const NAMES = { consumer: 'launch-dashboard', provider: 'posthog' };

export function leftOutOf(pact: Pact) {
  return pact.metadata['posthog-experiments-mock'].leftOut;
}

/** The one interaction of a mock. */
export function onlyInteraction(mock: Pick<CoreMock, 'pact'>): PactInteraction {
  const [interaction, ...others] = mock.pact(NAMES).interactions;
  if (!interaction || others.length > 0) throw new Error(`${others.length + 1} interactions`);
  return interaction;
}

/** Asks both operations for every scenario, once. */
export function askForAllScenarios(mock: Asked & Pick<CoreMock, 'contract'>): void {
  for (const { id, scenarios } of mock.contract.operations) {
    const path = Object.entries(PATHS).find(([operation]) => operation === id)?.[1] ?? '';
    for (const scenario of ['ok', ...scenarios.keys()]) {
      const headers = { ...request().headers, accept: 'application/json', prefer: `scenario=${scenario}` };
      mock.answer(request({ path, headers }));
    }
  }
}
