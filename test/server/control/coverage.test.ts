import { expect, it } from 'vitest';
import type { Coverage } from '../../../src/index.ts';
import { STATS } from '../../mock/asking.ts';
import { openControl, openForSessions } from '../support/control.ts';
import { ask } from '../support/server.ts';

/** How often the scenarios of the statistics have answered, without those that have not. */
function scenariosOf({ operations }: Coverage): Record<string, number> {
  const counts = operations.find(({ id }) => id === STATS)?.scenarios ?? [];
  return Object.fromEntries(counts.filter(({ count }) => count > 0).map(({ name, count }) => [name, count]));
}

it('coverage of the shared mock has the answers of sessions, and a session has its own', async () => {
  const { url, control, openSession } = await openForSessions({});
  const { id, baseUrl } = await openSession({ scenario: 'throttled' });
  await ask(url);
  await ask(baseUrl);
  const session = await openControl(baseUrl);
  expect(scenariosOf((await session<Coverage>('GET', '/coverage')).json)).toEqual({ throttled: 1 });
  await control('DELETE', `/sessions/${id}`);
  await control('POST', '/reset');
  expect(scenariosOf((await control<Coverage>('GET', '/coverage')).json)).toEqual({ ok: 1, throttled: 1 });
});
