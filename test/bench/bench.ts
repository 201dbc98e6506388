/**
 * Measures the standalone server beside a bare node:http server that writes the same bytes, in turns, in one run.
 *
 * ```sh
 * npm run bench
 * npm run bench -- --beside ../before # another checkout, built: each figure as a ratio of its own
 * ```
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve as resolvePath } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import autocannon from 'autocannon';

const ROUNDS = 5;
const STARTS = 9;
const CONNECTIONS = 10;
const SECONDS = 3;
const PATH = '/api/projects/1/experiments/stats/';
const HEADERS = { authorization: 'Bearer phx_experiment_read' };
const OF_THE_CONNECTION = ['date', 'connection', 'keep-alive', 'transfer-encoding'];

interface Contestant {
  readonly name: string;
  /** Arguments of node. */
  readonly command: readonly string[];
  /** Sessions that are open, each of which has answered once, while the throughput is measured. */
  readonly sessions?: number;
  /** What its start is compared with. Default: the bare server. */
  readonly base?: Contestant;
  /** The same server of the other checkout. */
  readonly twin?: Contestant;
}

interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const QUIET = ['--log-level', 'error'];
const [, , flag, other] = process.argv;
const BESIDE = flag === '--beside' && other !== undefined ? resolvePath(other) : null;

const BARE: Contestant = { name: 'bare node:http', command: [file('./bare.js')] };
/** What tsx itself costs. */
const BARE_BY_TSX: Contestant = {
  name: 'bare node:http, by tsx',
  command: ['--import', TSX, file('./bare.js')],
};
const OURS = serversOf(file('../..'));
const THEIRS = BESIDE === null ? [] : serversOf(BESIDE);
const SERVERS: readonly Contestant[] = OURS.flatMap((server, index) => {
  const twin = THEIRS[index];
  return twin ? [{ ...server, twin }, twin] : [server];
});

/** Sessions come after the start. */
const STARTED = [BARE, BARE_BY_TSX, ...SERVERS.filter(({ sessions = 0 }) => sessions === 0)];

/** The servers of a checkout. */
function serversOf(root: string): readonly Contestant[] {
  const built = [`${root}/dist/cli.js`, '--port', '0'];
  const { scripts } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
  const [, , ...flags] = scripts.start.split(' ');
  const source = `${root}/${flags.pop()}`;
  return [
    { name: 'mock, built', command: [...built, ...QUIET] },
    { name: 'mock, built, 1000 live sessions', command: [...built, ...QUIET], sessions: 1_000 },
    { name: 'mock, built, a log line for each request', command: built },
    {
      name: 'mock, by tsx',
      command: [...flags, source, '--port', '0', ...QUIET],
      base: BARE_BY_TSX,
    },
  ];
}

function start({ command }: Contestant, answer: string): Promise<Started> {
  // Below the ports that outgoing connections take.
  const port = 10_000 + Math.floor(Math.random() * 20_000);
  const args = command.map((argument, index) => (command[index - 1] === '--port' ? String(port) : argument));
  const child = spawn(process.execPath, args, { env: { ...process.env, ANSWER: answer } });
  child.stderr.pipe(process.stderr);
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${args.join(' ')} has ended`)));
    if (command.includes('--port')) return resolve({ child, url: `http://127.0.0.1:${port}` });
    child.stdout.on('data', (chunk) => {
      const [url] = /http:\/\/\S+/.exec(String(chunk)) ?? [];
      if (url) resolve({ child, url });
    });
  });
}

async function stop({ child }: Started): Promise<void> {
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.removeAllListeners('exit');
  child.once('exit', () => {});
  child.kill('SIGKILL');
  await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 200))]);
}

/** Asks until there is an answer: a server that is not there yet refuses the connection. */
async function firstAnswer({ child, url }: Started): Promise<Response> {
  for (;;) {
    try {
      return await fetch(url + PATH, { headers: HEADERS });
    } catch (cause) {
      if (child.exitCode !== null) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

async function requestsPerSecond({ url }: Started): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url: url + PATH,
    headers: HEADERS,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  if (non2xx + errors > 0) throw new Error(`${url}: ${non2xx} refusals, ${errors} errors`);
  return requests.average;
}

/** Opens sessions and asks each of them once, so that each holds what it needs to answer. */
async function openSessions(url: string, count: number): Promise<void> {
  for (let opened = 0; opened < count; opened += 1) {
    const { baseUrl } = await (await fetch(`${url}/__mock__/sessions`, { method: 'POST' })).json();
    const { status } = await fetch(baseUrl + PATH, { headers: HEADERS });
    if (status !== 200) throw new Error(`${baseUrl}: ${status}`);
  }
}

async function millisecondsToFirstAnswer(contestant: Contestant, answer: string): Promise<number> {
  const begin = performance.now();
  const started = await start(contestant, answer);
  const { status } = await firstAnswer(started);
  const milliseconds = performance.now() - begin;
  await stop(started);
  if (status !== 200) throw new Error(`${contestant.name}: ${status}`);
  return milliseconds;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** What the mock answers, for the bare server to repeat. */
async function answerOfMock(contestant: Contestant): Promise<string> {
  const started = await start(contestant, '');
  const response = await firstAnswer(started);
  const headers = [...response.headers].filter(([name]) => !OF_THE_CONNECTION.includes(name));
  const answer = { status: response.status, headers: headers.flat(), body: await response.text() };
  await stop(started);
  return JSON.stringify(answer);
}

/** Measures everyone in each round, so that a slow moment of the machine is everyone's. */
async function inTurns(
  rounds: number,
  contestants: readonly Contestant[],
  measure: (contestant: Contestant) => Promise<number>,
): Promise<ReadonlyMap<Contestant, number>> {
  const figures = new Map<Contestant, number[]>(contestants.map((contestant) => [contestant, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [contestant, values] of figures) values.push(await measure(contestant));
  }
  return new Map([...figures].map(([contestant, values]) => [contestant, median(values)]));
}

function report(title: string, figures: ReadonlyMap<Contestant, number>, unit: string): void {
  const bare = figures.get(BARE) ?? Number.NaN;
  console.log(`\n${title} (median)`);
  for (const [{ name, twin, base }, figure] of figures) {
    const beside = twin && figures.get(twin);
    const ofBase = base && figures.get(base);
    const ratios = [`${(figure / bare).toFixed(2)} × bare`];
    if (ofBase !== undefined) ratios.push(`${(figure / ofBase).toFixed(2)} × ${base?.name}`);
    if (beside !== undefined) ratios.push(`${(figure / beside).toFixed(2)} × the next line`);
    console.log(`  ${name.padEnd(42)} ${figure.toFixed(0).padStart(7)} ${unit}  ${ratios.join(', ')}`);
  }
}

const [first] = SERVERS;
const answer = first ? await answerOfMock(first) : '';
report(
  `First 200 from a cold start, ${STARTS} starts`,
  await inTurns(STARTS, STARTED, (contestant) => millisecondsToFirstAnswer(contestant, answer)),
  'ms',
);
report(
  `stats, ${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s`,
  await inTurns(ROUNDS, [BARE, ...SERVERS], async (contestant) => {
    const started = await start(contestant, answer);
    await firstAnswer(started);
    await openSessions(started.url, contestant.sessions ?? 0);
    // Compiled by then.
    await requestsPerSecond(started);
    const figure = await requestsPerSecond(started);
    await stop(started);
    return figure;
  }),
  'requests/s',
);
