/**
 * Verifies a pact of every scenario against the mock, with the verifier of pact-js; and against a mock that always fails,
 * to see that it verifies at all.
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
import { createMock, type ScenarioName } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { askForAllScenarios, NAMES } from '../mock/pact/asking.ts';
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
  readonly state: ScenarioName | '';
}

const folder = mkdtempSync(join(tmpdir(), 'pact-'));
try {
  installInto(folder, [`@pact-foundation/pact-core@${VERSION}`]);
  const pactCore: PactCore = createRequire(join(folder, 'from.js'))('@pact-foundation/pact-core');
  const file = join(folder, 'pact.json');
  const recorded = createMock();
  askForAllScenarios(recorded);
  const pact = recorded.pact(NAMES);
  writeFileSync(file, JSON.stringify(pact));

  const passes = await verifies(pactCore, file, ({ state }) => (state === '' ? 'ok' : state));
  const fails = !(await verifies(pactCore, file, () => 'server-error'));
  console.log(
    `Verifier ${VERSION}: ${pact.interactions.length} interactions ${passes ? 'verified' : 'NOT verified'}; a mock that always fails is ${fails ? 'found' : 'NOT found'}`,
  );
  process.exitCode = passes && fails ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}

/** Whether a mock keeps a pact. */
async function verifies(
  pactCore: PactCore,
  file: string,
  scenarioOf: (change: StateChange) => ScenarioName,
): Promise<boolean> {
  const mock = createMock();
  await using server = await startServer(mock, { port: 0 });
  const states = createServer(async (request, response) => {
    // The verifier sends what its specification says.
    const change = (await json(request)) as StateChange;
    mock.reset();
    mock.use(scenarioOf(change));
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
