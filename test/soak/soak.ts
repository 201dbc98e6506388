/**
 * Uses the built server in every way for a long time, and prints how much memory it has after each tenth. Exits with 1
 * when an answer is not as expected, or when memory still grows in the second half.
 *
 * ```sh
 * npm run test:soak                        # by hand: a million requests
 * npm run test:soak -- --requests 30000
 * npm run test:soak -- --root ../before    # another checkout, built
 * ```
 */
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkOutput, residentMib, start } from '../attacks/process.ts';
import type { Running } from '../cli/running.ts';
import { createClient } from './client.ts';
import { takeStep } from './steps.ts';

const MEBIBYTE = 1_048_576;
const CLIENTS = 20;
const TENTHS = 10;
/** What the heap, after a garbage collection, may grow by from half-time to the end. */
const MAX_GROWTH = 1.1;

const { values } = parseArgs({
  options: {
    root: { type: 'string', default: fileURLToPath(new URL('../..', import.meta.url)) },
    requests: { type: 'string', default: '1000000' },
  },
});
const total = Number(values.requests);

/** MiB of the heap once garbage has been collected. */
async function heapMib({ child, texts }: Running): Promise<number> {
  const before = texts.err.length;
  child.kill('SIGUSR2');
  for (;;) {
    const [, bytes] = /^heap (\d+)\n/m.exec(texts.err.slice(before)) ?? [];
    if (bytes !== undefined) return Number(bytes) / MEBIBYTE;
    assert.equal(child.exitCode ?? child.signalCode, null, `the server has died: ${texts.err}`);
    await wait(10);
  }
}

async function soak(running: Running): Promise<void> {
  const client = createClient(Number(new URL(await running.url()).port));
  const curve: number[] = [];
  let index = 0;
  const work = async (end: number) => {
    while (client.count() < end) {
      index += 1;
      await takeStep(client, index);
    }
  };
  for (let tenth = 1; tenth <= TENTHS; tenth += 1) {
    const [begin, before] = [performance.now(), client.count()];
    await Promise.all(Array.from({ length: CLIENTS }, () => work((total * tenth) / TENTHS)));
    const rate = (client.count() - before) / ((performance.now() - begin) / 1_000);
    const heap = await heapMib(running);
    checkOutput(running);
    running.texts.out = '';
    curve.push(heap);
    const resident = residentMib(running.child.pid, 'VmRSS');
    const cells = [client.count(), heap.toFixed(1), resident.toFixed(0), rate.toFixed(0)];
    console.log(cells.map((cell) => String(cell).padStart(10)).join(''));
  }
  const [half = Number.NaN, end = Number.NaN] = [curve[TENTHS / 2 - 1], curve.at(-1)];
  assert.ok(end <= half * MAX_GROWTH, `the heap has grown from ${half.toFixed(1)} to ${end.toFixed(1)} MiB`);
}

console.log(['requests', 'heap MiB', 'RSS MiB', 'requests/s'].map((title) => title.padStart(10)).join(''));
const running = start(values.root, ['--port', '0']);
try {
  await soak(running);
} catch (cause) {
  console.error(cause);
  process.exitCode = 1;
} finally {
  running.child.kill('SIGKILL');
  await running.finished;
}
// Connections that are kept alive, of a server that is gone.
process.exit();
