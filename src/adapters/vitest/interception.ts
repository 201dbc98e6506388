import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { type SetupServer, setupServer } from 'msw/node';
import { inject } from 'vitest';
import { isRequest } from '../../built-ins.ts';
import { type AnyMock, type MockNames, type SessionOptions, type Unhandled, unhandled } from '../../index.ts';
import { redactPath } from '../../mock/journal/redact.ts';
import { type Guard, type Leak, LeakError } from '../leaks.ts';
import { type Watch, watch } from '../watch-leaks.ts';
import { COVERAGE_FOLDER, writeCoverage } from './coverage-folder.ts';

/** One test: its session, and what it should not have asked. */
interface Run {
  readonly mock: AnyMock;
  readonly watch: Watch;
}

/** Sends what tests ask to their own sessions, also while others run. */
export interface Interception {
  /** Starts to intercept. @returns MSW's server, which all interceptions share. */
  listen(): SetupServer;
  /** Stops, and writes down what has been covered if the coverage reporter asks for it. */
  close(): void;
  /** Opens the session of a test. */
  open(options: SessionOptions<MockNames>, guard: Guard): AnyMock;
  /** Disposes of the session of a test. */
  end(mock: AnyMock): void;
  /**
   * Runs a test so that its requests reach its session.
   * @param mock what the test has as its mock. Unless it was opened here, the test runs as it is.
   * @throws {LeakError} (rejects) when the test made a request that it should not make.
   */
  run(mock: unknown, test: () => Promise<void>): Promise<void>;
}

/** One for all, as MSW intercepts for the whole process: two would both answer a request. */
const server = setupServer();
const current = new AsyncLocalStorage<Run>();

/** The mock of the test that runs; `undefined` outside of tests. */
export function currentMock(): AnyMock | undefined {
  return current.getStore()?.mock;
}

/** Those of the interceptions that listen. */
const parents = new Set<AnyMock>();

/** @param parent answers what is asked outside of tests, such as in `beforeAll`. */
export function createInterception(parent: AnyMock): Interception {
  const name = randomUUID();
  const runs = new Map<unknown, Run>();
  const runInside = async (run: Run, test: () => Promise<void>): Promise<void> => {
    const inBoundary = server.boundary(() => {
      server.use(...run.mock.handlers);
      return test();
    });
    await current.run(run, inBoundary);
    run.watch.stop();
    if (run.watch.leaks.length > 0) throw new LeakError(run.watch.leaks, optOut);
  };
  return {
    listen: () => {
      if (parents.size === 0) server.listen(onUnhandled());
      parents.add(parent);
      server.use(...parent.handlers);
      return server;
    },
    close: () => {
      // With every file: a worker that several share has no end that can be seen from here.
      const folder = inject(COVERAGE_FOLDER);
      if (folder !== undefined) writeCoverage(folder, name, parent.coverage());
      parents.delete(parent);
      if (parents.size > 0) return;
      server.close();
      server.resetHandlers();
    },
    open: (options, guard) => {
      const mock = parent.session(options);
      runs.set(mock, { mock, watch: watch(mock, guard) });
      return mock;
    },
    end: (mock) => {
      runs.delete(mock);
      mock[Symbol.dispose]();
    },
    run: (mock, test) => {
      const run = runs.get(mock);
      // Hooks of a file and of a `describe` both get here.
      return run === undefined || current.getStore() === run ? test() : runInside(run, test);
    },
  };
}

function optOut(kind: Leak['kind']): string {
  return `test.override({ guard: { ${kind}: 'ignore' } })`;
}

/** MSW's option for requests that no handler answers, which are those of the test that sent them. */
function onUnhandled(): Unhandled {
  return {
    onUnhandledRequest: (request, print) =>
      react(
        request,
        (policy, error) => policy.onUnhandledRequest(request, { warning: () => print.warning(), error }),
        () => print.error(),
      ),
    onUnhandledFrame: ({ frame, defaults }) =>
      react(
        requestOf(frame.data),
        (policy, error) =>
          policy.onUnhandledFrame({ frame, defaults: { warn: () => defaults.warn(), error } }),
        () => defaults.error(),
      ),
  };
}

/**
 * @param request `null`: a frame of a WebSocket.
 * @param apply lets a mock decide, with what to do about a request that is not near any operation.
 */
function react(
  request: Request | null,
  apply: (policy: Unhandled, error: () => void) => void,
  print: () => void,
): void {
  const run = current.getStore();
  if (run === undefined) {
    for (const parent of parents) apply(unhandled(parent), print);
    return;
  }
  const policy = unhandled(run.mock, { others: run.watch.guards('unhandled') ? 'error' : 'bypass' });
  // The test fails and says why, so MSW need not print it.
  apply(policy, request ? () => run.watch.add(unansweredBy(run.mock, request)) : print);
}

function requestOf(data: unknown): Request | null {
  return typeof data === 'object' && data !== null && 'request' in data && isRequest(data.request)
    ? data.request
    : null;
}

function unansweredBy(mock: AnyMock, { method, url }: Request): Leak {
  const { origin, pathname } = new URL(url);
  const request = `${method} ${origin}${redactPath(pathname, mock.secrets)}`;
  return { kind: 'unhandled', request, reason: `Nothing answers it. ${mock.explain({ method, url })}` };
}
