/**
 * Measures what a session costs: the time to open one, in the process and over HTTP, and the memory of each.
 *
 * ```sh
 * npm run bench:sessions
 * ```
 */
// The built package: tsx gives every function a name of its own, which takes memory.
const built = new URL('../../dist/index.js', import.meta.url).href;
const { createMock, startServer }: typeof import('../../src/index.ts') = await import(built);

const COUNT = 1_000;
const REQUEST = {
  method: 'GET',
  path: '/api/projects/1/experiments/stats/',
  query: '',
  headers: { authorization: 'Bearer phx_experiment_read' },
  body: null,
};

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function millisecondsOf(act: () => unknown): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}

async function medianOf(count: number, act: () => unknown): Promise<string> {
  const times: number[] = [];
  for (let done = 0; done < count; done += 1) times.push(await millisecondsOf(act));
  return `${(times.toSorted((a, b) => a - b)[Math.floor(count / 2)] ?? Number.NaN).toFixed(3)} ms`;
}

function report(what: string, figure: string): void {
  console.log(`${what.padEnd(50)} ${figure}`);
}

const mock = createMock();
mock.answer(REQUEST);
const sessions: ReturnType<typeof mock.session>[] = [];
const before = heapUsed();
const each = () => `${((heapUsed() - before) / COUNT / 1_024).toFixed(0)} KiB`;

report('open a session, median', await medianOf(COUNT, () => sessions.push(mock.session())));
report('memory of each', each());
for (const session of sessions) session.answer(REQUEST);
report('memory of each, after an answer', each());
for (const { database } of sessions) database.experiments.update({ id: 1 }, { name: 'changed' });
report('memory of each, after a write', each());

const server = await startServer(mock, { port: 0 });
const open = () =>
  fetch(`${server.url}/__mock__/sessions`, { method: 'POST' }).then((answer) => answer.text());
await open();
report('open a session over HTTP, median', await medianOf(COUNT, open));
await server.close();
