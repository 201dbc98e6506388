/**
 * Lets Dredd ask the mock for every response of openapi.yaml, and compare what comes.
 *
 * ```sh
 * npm run test:dredd
 * ```
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createMock } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { installAside } from './aside.ts';

const VERSION = '14.1.0';
const HOOKS = fileURLToPath(new URL('./dredd-hooks.cjs', import.meta.url));
const CONTRACT = fileURLToPath(new URL('../../openapi.yaml', import.meta.url));

const mock = createMock();
await using server = await startServer(mock, { port: 0 });
using dredd = installAside('dredd', VERSION, 'dredd');

const options = ['--hookfiles', HOOKS, '--loglevel', 'error', '--no-color'];
const { stdout, stderr, failed } = await run([dredd.script, CONTRACT, server.url, ...options]);
const [, counts = 'no result'] = /complete: (.*total)/.exec(stdout) ?? [];
// A response that Dredd does not read is a finding, too.
const documented = mock.contract.operations.flatMap(({ responses }) => responses).length;
const isComplete = counts === `${documented} passing, 0 failing, 0 errors, 0 skipped, ${documented} total`;
if (failed || !isComplete) {
  console.error(stdout + stderr);
  process.exitCode = 1;
}
console.log(`Dredd ${VERSION}: ${counts}, of ${documented} documented responses`);

async function run(args: readonly string[]) {
  try {
    return { ...(await promisify(execFile)(process.execPath, args)), failed: false };
  } catch (cause) {
    // Dredd found something, or could not run.
    const { stdout = '', stderr = String(cause) } = cause as { stdout?: string; stderr?: string };
    return { stdout, stderr, failed: true };
  }
}
