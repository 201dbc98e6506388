/**
 * Asks for every scenario of every operation through Prism's validating proxy.
 *
 * ```sh
 * npm run test:prism
 * ```
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Operation } from '../../src/contract/contract.ts';
import { createMock } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { installAside } from './aside.ts';

const VERSION = '5.14.2';
const CONTRACT = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));
const TIMEOUT_MS = 2_000;

/** All that Prism may find: what these scenarios are there for. */
const EXPECTED: Readonly<Record<string, readonly RegExp[]>> = {
  documented: [/^The received media type "" does not match/, /^Response body must be object$/],
  'malformed-json': [/^invalid json response body/],
  'network-error': [/failed, reason: (socket hang up|read ECONNRESET)$/],
  timeout: [/^no answer$/],
};

interface Asked {
  readonly path: string;
  readonly scenario: string;
}

const mock = createMock();
await using server = await startServer(mock, { port: 0 });
using prism = installAside('@stoplight/prism-cli', VERSION, 'prism');
const options = ['--errors', '--port', '0'];
const proxy = spawn(process.execPath, [prism.script, 'proxy', CONTRACT, server.url, ...options], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const requests = mock.contract.operations.flatMap(requestsOf);
const unexpected: string[] = [];
try {
  const origin = await listening(proxy);
  for (const asked of requests) {
    mock.reset();
    const found = await findings(origin, asked);
    if (!isExpected(asked, found)) {
      unexpected.push(`${asked.path}, ${asked.scenario}: found ${JSON.stringify(found)}`);
    }
  }
} finally {
  proxy.kill();
}
for (const line of unexpected) console.error(line);
console.log(
  `Prism ${VERSION}: ${requests.length} requests, ${unexpected.length} unexpected; findings only in ${Object.keys(EXPECTED).join(', ')}`,
);
process.exitCode = unexpected.length === 0 ? 0 : 1;

/** Every scenario, asked for without a query and with the examples of all parameters. */
function requestsOf({ path, parameters, scenarios }: Operation): readonly Asked[] {
  const query = new URLSearchParams();
  let target = path;
  for (const { name, in: place, example } of parameters) {
    const value = typeof example === 'string' ? example : JSON.stringify(example);
    if (place === 'path') target = target.replace(`{${name}}`, value);
    else query.append(name, value);
  }
  return [target, `${target}?${query}`].flatMap((path) =>
    ['ok', ...scenarios.keys()].map((scenario) => ({ path, scenario })),
  );
}

/** What Prism finds in an answer; the mock's own answers name their operation. */
async function findings(origin: string, { path, scenario }: Asked): Promise<readonly string[]> {
  const headers = { authorization: 'Bearer phx_experiment_read', prefer: `scenario=${scenario}` };
  // Prism closes no connection of a request that was given up.
  const signal = scenario === 'timeout' ? AbortSignal.timeout(TIMEOUT_MS) : null;
  let response: Response;
  try {
    response = await fetch(origin + path, { headers, signal });
  } catch (cause) {
    return [signal?.aborted ? 'no answer' : String(cause)];
  }
  const violations = response.headers.get('sl-violations');
  if (violations !== null) {
    return JSON.parse(violations).map(({ message }: { readonly message: string }) => message);
  }
  const text = await response.text();
  if (response.headers.get('x-mock-scenario') === scenario) return [];
  const { title = text } = JSON.parse(text);
  return [title];
}

function isExpected({ scenario }: Asked, found: readonly string[]): boolean {
  const expected = EXPECTED[scenario] ?? [];
  return (
    found.length === expected.length && expected.every((pattern, index) => pattern.test(found[index] ?? ''))
  );
}

/** @returns the origin of the proxy once it listens. */
async function listening({ stdout }: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  for await (const line of createInterface({ input: stdout })) {
    const [, origin] = /listening on (http:\S+)/.exec(line) ?? [];
    if (origin !== undefined) {
      // Its log would fill the pipe.
      stdout.resume();
      return origin;
    }
  }
  throw new Error('Prism ended before it listened.');
}
