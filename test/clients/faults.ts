import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createMock, type Mock } from '../../src/index.ts';
import { startServer } from '../../src/server/server.ts';
import { KEY, PATHS, STATS } from '../conformance/case.ts';

type Fault = 'network-error' | 'timeout' | 'malformed-json';

/** Requests that a client sends one after the other, over one connection if it can. */
export interface Asked {
  readonly url: string;
  readonly authorization: string;
  readonly requests: readonly AskedRequest[];
  /** A request is given up after this many milliseconds. */
  readonly timeoutMs: number;
}

export interface AskedRequest {
  readonly method: 'GET' | 'HEAD';
  /** The value of the header `Prefer`; empty: without it. */
  readonly prefer: string;
}

/** What the caller of a client gets for a request. */
export type Received =
  | { readonly status: number; readonly body: string }
  | 'network-error'
  | 'timeout'
  | `unexpected: ${string}`;

export interface Client {
  readonly name: string;
  /** Whether its requests share a connection as long as nothing breaks. */
  readonly keepsAlive: boolean;
  ask(asked: Asked): Promise<readonly Received[]>;
}

/** A fault between good answers. */
export interface FaultCase {
  readonly name: string;
  readonly fault: Fault;
  readonly times: number;
  /** Good answers before the fault. */
  readonly before: number;
  /** Of the requests that meet the fault; some clients keep no connection alive after `HEAD`. */
  readonly method: AskedRequest['method'];
  readonly delay: number;
  readonly by: 'choice' | 'preference';
}

type Changes = Partial<Omit<FaultCase, 'name' | 'fault'>>;

function expectFault(name: string, fault: Fault, changes: Changes = {}): FaultCase {
  return { name, fault, times: 1, before: 2, method: 'GET', delay: 0, by: 'choice', ...changes };
}

export const FAULTS: readonly FaultCase[] = [
  expectFault('a broken connection', 'network-error'),
  expectFault('three broken connections', 'network-error', { times: 3 }),
  expectFault('a broken connection at first', 'network-error', { before: 0 }),
  expectFault('two broken connections at first', 'network-error', { before: 0, times: 2 }),
  expectFault('two connections that break after a delay', 'network-error', { times: 2, delay: 50 }),
  expectFault('two broken connections for HEAD', 'network-error', { times: 2, method: 'HEAD' }),
  expectFault('two broken connections that requests prefer', 'network-error', { times: 2, by: 'preference' }),
  expectFault('two answers that never come', 'timeout', { times: 2 }),
  expectFault('an answer that never comes, as the request prefers', 'timeout', { by: 'preference' }),
  expectFault('two bodies that break off', 'malformed-json', { times: 2 }),
  expectFault('a body that breaks off, as the request prefers', 'malformed-json', { by: 'preference' }),
];

/** What the caller and the mock saw. */
export interface Observation {
  readonly endings: readonly ('answer' | Fault | `unexpected: ${string}`)[];
  /** The scenarios in the journal, oldest first. A request that the client repeats by itself is there twice. */
  readonly scenarios: readonly (string | null)[];
}

const BEFORE = 'no-change';
const AFTER = 2;
/** Enough for an answer on a busy machine. */
const TIMEOUT_MS = 2_000;

/** The fault as many times as asked for, and no request more than once. */
export function expectedOf({ fault, times, before, by }: FaultCase): Observation {
  const first = by === 'choice' ? BEFORE : 'ok';
  return {
    endings: sequence<'answer' | Fault>(before, times, 'answer', fault),
    scenarios: sequence<string>(before, times, first, fault, 'ok'),
  };
}

function sequence<T>(before: number, times: number, good: T, bad: T, last = good): readonly T[] {
  const repeat = (length: number, value: T) => Array.from({ length }, () => value);
  return [...repeat(before, good), ...repeat(times, bad), ...repeat(AFTER, last)];
}

export interface Choice {
  readonly scenario: Fault | typeof BEFORE;
  readonly times: number;
  readonly delay: number;
}

/** What has to be selected, the first choice last, and what the client has to ask. */
export function planOf({ fault, times, before, by, method, delay }: FaultCase, origin: string) {
  const isChoice = by === 'choice';
  const good: AskedRequest = { method: 'GET', prefer: '' };
  const bad: AskedRequest = { method, prefer: isChoice ? '' : `scenario=${fault}` };
  const choices: readonly Choice[] = [
    { scenario: fault, times, delay },
    ...(before > 0 ? [{ scenario: BEFORE, times: before, delay: 0 } as const] : []),
  ];
  const asked: Asked = {
    url: origin + PATHS[STATS],
    authorization: KEY.authorization,
    requests: sequence(before, times, good, bad),
    timeoutMs: TIMEOUT_MS,
  };
  return { choices: isChoice ? choices : [], asked };
}

/**
 * Lets a client meet a fault of a server.
 * @throws {Error} when a client that keeps connections alive met the fault over a new one.
 */
export async function observe(given: FaultCase, client: Client): Promise<Observation> {
  const mock = createMock();
  const server = await startServer(mock, { port: 0 });
  const { choices, asked } = planOf(given, server.url);
  for (const { scenario, ...options } of choices) mock.use(scenario, options);
  using connections = watchConnections(server.port);
  const received = await client.ask(asked).finally(() => server.close(0));
  if (client.keepsAlive && given.before > 0 && !connections.isReused(given.before)) {
    throw new Error(`${client.name} met the fault over a new connection.`);
  }
  return observationOf(mock, asked, received);
}

export function observationOf(
  { journal }: { readonly journal: Pick<Mock['journal'], 'entries'> },
  { requests }: Asked,
  received: readonly Received[],
): Observation {
  return {
    endings: received.map((one, index) => (typeof one === 'string' ? one : endingOf(one, requests[index]))),
    scenarios: journal.entries.map(({ scenario }) => scenario),
  };
}

function endingOf({ status, body }: Exclude<Received, string>, request: AskedRequest | undefined) {
  if (status !== 200) return `unexpected: status ${status}` as const;
  if (request?.method === 'HEAD') return 'answer';
  try {
    JSON.parse(body);
    return 'answer';
  } catch {
    return 'malformed-json';
  }
}

/** Notes the connection of every request to a server of this process. */
function watchConnections(port: number) {
  const all: Socket[] = [];
  const asked: number[] = [];
  const note = (message: unknown): void => {
    const { request, socket } = message as { readonly request: IncomingMessage; readonly socket: Socket };
    if (socket.localPort !== port) return;
    // A page asks for permission first.
    if (request.url === PATHS[STATS] && request.method !== 'OPTIONS') asked.push(all.length);
    all.push(socket);
  };
  subscribe('http.server.request.start', note);
  return {
    /** Whether a request, by its number, came over a connection that had been used before. */
    isReused: (number: number): boolean => {
      const index = asked[number];
      const socket = index === undefined ? undefined : all[index];
      return socket !== undefined && all.indexOf(socket) !== index;
    },
    [Symbol.dispose]: () => unsubscribe('http.server.request.start', note),
  };
}
