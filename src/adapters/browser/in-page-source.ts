import { memoize } from '../../memoize.ts';
import type { CoreMock } from '../../mock/mock.ts';
import { operationsOf } from '../../mock/scenarios/catalogue.ts';
import { forgetChoice, forgetOperation, keepChoice } from '../../panel/kept-choice.ts';
import {
  type Decision,
  MAX_ENTRIES,
  type PanelSource,
  type PanelState,
} from '../../panel/source/panel-source.ts';
import { readPeople } from '../../panel/source/people.ts';
import { sendRequest } from '../../panel/source/send-request.ts';
import type { ChangeRequestOutcome, ChangeRequests } from '../../provider/change-requests.ts';
import type { Mock } from '../fronts.ts';

/** A mock of any provider. */
type PanelMock = CoreMock & Pick<Mock, 'fetch'>;

/** The panel's source for a mock in the same page. A scenario chosen in the panel is kept for the tab. */
export function createInPageSource(mock: PanelMock): PanelSource {
  return {
    urlOf: () => null,
    contractUrl: null,
    read: async () => stateOf(mock),
    subscribe: (changed) => mock.subscribe(changed),
    use: async (scenario, choice) => {
      mock.use(scenario, choice);
      keepChoice(scenario, choice);
    },
    takeBack: async (operation) => {
      mock.use(null, { operation });
      forgetOperation(operation);
    },
    reset: async () => {
      mock.reset();
      forgetChoice();
    },
    setClock: async (time) => mock.clock.set(time),
    advanceClock: async (milliseconds) => mock.clock.advance(milliseconds),
    decide: async (id, decision) => decide(mock.changeRequests, id, decision).message,
    send: ({ path, ...request }) =>
      sendRequest(mock.fetch, { ...request, url: new URL(path, location.origin) }),
    clearRequests: async () => mock.journal.clear(),
    coverage: async () => mock.coverage(),
  };
}

/** The panel asks with every request. */
const operationsIn = memoize(operationsOf);

function stateOf(mock: PanelMock): PanelState {
  const { contract, database, clock } = mock;
  return {
    selected: mock.scenario,
    catalogue: mock.scenarios,
    operations: operationsIn(contract),
    ...readPeople({
      personalApiKeys: database.personalApiKeys.findMany(),
      users: database.users.findMany(),
    }),
    clock: { now: clock.now().toISOString(), kind: clock.kind },
    changeRequests: mock.changeRequests?.list() ?? null,
    entries: mock.journal.filter({}, MAX_ENTRIES),
  };
}

function decide(changeRequests: ChangeRequests | null, id: string, decision: Decision): ChangeRequestOutcome {
  if (!changeRequests) throw new Error('The mocked API has no change requests.');
  const actor = 'by' in decision && decision.by !== undefined ? { by: decision.by } : {};
  switch (decision.kind) {
    case 'approve':
      return changeRequests.approve(id, actor);
    case 'reject':
      return changeRequests.reject(id, { ...actor, reason: decision.reason });
    case 'cancel':
      return changeRequests.cancel(id, actor);
    case 'expire':
      return changeRequests.expire(id);
  }
}
