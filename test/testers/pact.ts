/**
 * Verifies a pact of every scenario against the mock, with the verifier of pact-js; and against a mock that always fails,
 * to see that it verifies at all. Does the same with a contract whose bodies take care to match, and a mock that answers
 * with other values, names and branches than the ones of the pact.
 *
 * ```sh
 * npm run test:pact
 * ```
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { type AnyMock, createMock, type Pact } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { ask } from '../mock/asking.ts';
import { askForAllScenarios, NAMES } from '../mock/pact/asking.ts';
import { ODD_BODIES } from '../mock/pact/odd-bodies.ts';
import { installInto } from './aside.ts';

/** The last one for Node 20. */
const VERSION = '17.1.0';

/** What we use of the package. */
interface PactCore {
  readonly default: { verifyPacts(options: object): Promise<unknown> };
}

/** What a verifier says about the state of a provider. */
interface StateChange {
  readonly action: 'setup' | 'teardown';
  readonly state: string;
}

const folder = mkdtempSync(join(tmpdir(), 'pact-'));
try {
  installInto(folder, [`@pact-foundation/pact-core@${VERSION}`]);
  const pactCore: PactCore = createRequire(join(folder, 'from.js'))('@pact-foundation/pact-core');
  const recorded = createMock();
  askForAllScenarios(recorded);
  const odd = createMock({ contract: ODD_BODIES, scenario: 'first' });
  ask(odd, { path: '/team' });
  const results = [
    await judge(pactCore, recorded.pact(NAMES), {
      good: () => use(createMock(), (state) => (state === '' ? 'ok' : state)),
      bad: () => use(createMock(), () => 'server-error'),
    }),
    await judge(pactCore, odd.pact(NAMES), {
      good: () => use(createMock({ contract: ODD_BODIES }), () => 'second'),
      bad: () => use(createMock({ contract: ODD_BODIES }), () => 'bare'),
    }),
  ];
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** A mock as a provider: it is put into a state before each request. */
interface Provider {
  readonly mock: AnyMock;
  readonly scenarioOf: (state: string) => string;
}

function use(mock: AnyMock, scenarioOf: Provider['scenarioOf']): Provider {
  return { mock, scenarioOf };
}

/** Whether the verifier takes a provider that keeps a pact, and finds one that does not. */
async function judge(
  pactCore: PactCore,
  pact: Pact,
  { good, bad }: Record<'good' | 'bad', () => Provider>,
): Promise<boolean> {
  const file = join(folder, 'pact.json');
  writeFileSync(file, JSON.stringify(pact));
  const passes = await verifies(pactCore, file, good());
  const fails = !(await verifies(pactCore, file, bad()));
  console.log(
    `Verifier ${VERSION}: ${pact.interactions.length} interactions ${passes ? 'verified' : 'NOT verified'}; a mock that breaks them is ${fails ? 'found' : 'NOT found'}`,
  );
  return passes && fails;
}

/** Whether a mock keeps a pact. */
async function verifies(pactCore: PactCore, file: string, { mock, scenarioOf }: Provider): Promise<boolean> {
  await using server = await startServer(mock, { port: 0 });
  const states = createServer(async (request, response) => {
    // The verifier sends what its specification says.
    const { state } = (await json(request)) as StateChange;
    mock.reset();
    mock.use(scenarioOf(state));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(states, 'listening');
  const { port } = states.address() as AddressInfo;
  try {
    await pactCore.default.verifyPacts({
      provider: NAMES.provider,
      providerBaseUrl: server.url,
      pactUrls: [file],
      providerStatesSetupUrl: `http://127.0.0.1:${port}/`,
      customProviderHeaders: { Authorization: 'Bearer phx_experiment_read' },
      logLevel: 'error',
    });
    return true;
  } catch {
    return false;
  } finally {
    states.close();
  }
}
