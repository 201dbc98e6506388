import { describe, expect, it } from 'vitest';
import type { Pact } from '../../../src/index.ts';
import { createMock } from '../../../src/index.ts';
import { NOW, STATS } from '../../mock/asking.ts';
import { openControl, openForSessions, problem } from '../support/control.ts';
import { ask, serve } from '../support/server.ts';

const PACT = '/pact?consumer=launch-dashboard&provider=posthog';

function descriptionsOf({ interactions }: Pact): readonly string[] {
  return interactions.map(({ description }) => description);
}

describe('the pact', () => {
  it('of a session has its own requests, with the paths of the API', async () => {
    const { url, control, openSession } = await openForSessions({});
    const { baseUrl } = await openSession({ scenario: 'throttled' });
    await ask(url);
    await ask(baseUrl);
    const session = await openControl(baseUrl);
    const { json } = await session<Pact>('GET', PACT);
    expect(descriptionsOf(json)).toEqual([`${STATS} answers 429 (throttled)`]);
    expect(json.interactions[0]?.request.path).toBe('/api/projects/1/experiments/stats/');
    expect(descriptionsOf((await control<Pact>('GET', PACT)).json)).toEqual([`${STATS} answers 200`]);
  });

  it('of the shared mock has the requests of sessions that came after the first one', async () => {
    const { control, openSession } = await openForSessions({});
    await control('GET', PACT);
    const { id, baseUrl } = await openSession({ scenario: 'throttled' });
    await ask(baseUrl);
    await control('DELETE', `/sessions/${id}`);
    expect(descriptionsOf((await control<Pact>('GET', PACT)).json)).toEqual([
      `${STATS} answers 429 (throttled)`,
    ]);
  });

  it.each([
    { query: '', name: 'consumer', detail: '"consumer" is required: the name of the consumer.' },
    { query: '?consumer=a', name: 'provider', detail: '"provider" is required: the name of the provider.' },
    { query: '?consumer=&provider=b', name: 'consumer', detail: '"consumer" is required' },
    { query: '?consumer=%20&provider=b', name: 'consumer', detail: '"consumer" is required' },
    { query: '?consumer=a&providr=b', name: 'providr', detail: 'There is no parameter "providr"' },
  ])('needs both names: "$query"', async ({ query, name, detail }) => {
    const control = await openControl((await serve({ mock: createMock({ now: NOW }) })).url);
    const { status, json } = await control('GET', `/pact${query}`);
    expect(status).toBe(400);
    expect(json).toMatchObject({ ...problem('REQUEST_INVALID', detail), errors: [{ in: 'query', name }] });
  });
});
