import { AsyncLocalStorage } from 'node:async_hooks';
import { getResponse, http } from 'msw';
import { type SetupServer, setupServer } from 'msw/node';
import { type RunnerTestFile, TestRunner } from 'vitest';
import { isRequest } from '../../built-ins.ts';
import { type AnyMock, type MockNames, type SessionOptions, type Unhandled, unhandled } from '../../index.ts';
import { redactPath } from '../../mock/journal/redact.ts';
import { type AskedLeaks, type Guard, type Leak, LeakError } from '../leaks.ts';
import { type Watch, watch } from '../watch-leaks.ts';
import { leaveCoverage } from './coverage-meta.ts';

/** One test: its session, and what it should not have asked. */
interface Run {
  readonly mock: AnyMock;
  readonly guard: Guard;
  /** Another one once the test has ended. */
  watch: Watch;
}

/** Sends what tests ask to their own sessions, also while others run. */
export interface Interception {
  /** Starts to intercept for the file whose tests are being defined, so that its `beforeAll` hooks are answered, too. */
  start(): void;
  /** Comes before a server that the file itself has started since. @returns MSW's server, which all interceptions share. */
  comeFirst(): SetupServer;
  /**
   * Stops at the end of the file, and leaves what has been covered for the coverage reporter.
   * @throws {LeakError} when the file made a request outside of its tests that it should not make, or a test after its end.
   */
  stop(): void;
  /** Opens the session of a test. */
  open(options: SessionOptions<MockNames>, guard: Guard): AnyMock;
  /**
   * Disposes of the session of a test. What the test still asks is a leak of the file: the test has its result.
   * @param name of the test.
   */
  end(mock: AnyMock, name: string): void;
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

/** The mocks that answer outside of tests, and the file that each is for. */
const parents = new Map<AnyMock, RunnerTestFile>();

/** Files that share a worker, and do not use a mock, must not meet that of another one. */
function parentsNow(): readonly AnyMock[] {
  const file = currentFile();
  return [...parents].filter(([, of]) => of === file).map(([parent]) => parent);
}

function currentFile(): RunnerTestFile {
  return TestRunner.getCurrentSuite().file;
}

function addParent(parent: AnyMock): void {
  const file = currentFile();
  // What is left of a file none of whose tests ran.
  if ([...parents.values()].some((of) => of !== file)) shut();
  if (parents.size === 0) server.listen(onUnhandled());
  parents.set(parent, file);
  server.use(
    http.all(
      ({ request: { method, url } }) => answersOutside(parent) && parent.match(method, new URL(url)) !== null,
      ({ request }) => getResponse(parent.handlers, request),
    ),
  );
}

function answersOutside(parent: AnyMock): boolean {
  return current.getStore() === undefined && parents.get(parent) === currentFile();
}

/** The file for which the server has come first; once is enough. */
let first: RunnerTestFile | undefined;

function comeFirst(): SetupServer {
  const file = currentFile();
  if (first === file) return server;
  first = file;
  // The one that listens last.
  server.close();
  server.listen(onUnhandled());
  return server;
}

function removeParent(parent: AnyMock): void {
  parents.delete(parent);
  if (parents.size === 0) shut();
}

function shut(): void {
  parents.clear();
  server.close();
  server.resetHandlers();
}

/**
 * @param parent answers what is asked outside of tests, such as in `beforeAll`.
 * @param guard what fails a file that asks it outside of its tests.
 */
export function createInterception(parent: AnyMock, guard: Guard): Interception {
  const runs = new Map<unknown, Run>();
  let outside: Watch | undefined;
  let late: { readonly name: string; readonly watch: Watch }[] = [];
  const runInside = async (run: Run, test: () => Promise<void>): Promise<void> => {
    const inBoundary = server.boundary(() => {
      server.use(...run.mock.handlers);
      return test();
    });
    await current.run(run, inBoundary);
    run.watch.stop();
    if (run.watch.leaks.length > 0)
      throw leakError([{ asker: 'The test', leaks: run.watch.leaks, optOut: optOutOfTest }]);
  };
  return {
    start: () => {
      if (parents.get(parent) === currentFile()) return;
      addParent(parent);
      outside?.stop();
      outside = watch(parent, guard);
    },
    comeFirst,
    stop: () => {
      // With every file: a worker that several share has no end that can be seen from here.
      leaveCoverage(currentFile(), parent.coverage());
      parent.clearCoverage();
      removeParent(parent);
      outside?.stop();
      const asked = [
        { asker: OUTSIDE, leaks: outside?.leaks ?? [], optOut: optOutOfFile },
        ...late.map(({ name, watch: { leaks } }) => ({
          asker: afterItsEnd(name),
          leaks,
          optOut: optOutOfTest,
        })),
      ].filter(({ leaks }) => leaks.length > 0);
      late = [];
      if (asked.length > 0) throw leakError(asked);
    },
    open: (options, guard) => {
      const mock = parent.session(options);
      runs.set(mock, { mock, guard, watch: watch(mock, guard) });
      return mock;
    },
    end: (mock, name) => {
      const run = runs.get(mock);
      runs.delete(mock);
      mock[Symbol.dispose]();
      if (run === undefined) return;
      // It still answers, and disposing of it has ended the first watch.
      run.watch = watch(mock, run.guard);
      late.push({ name, watch: run.watch });
    },
    run: (mock, test) => {
      const run = runs.get(mock);
      // Hooks of a file and of a `describe` both get here.
      return run === undefined || current.getStore() === run ? test() : runInside(run, test);
    },
  };
}

/** Vitest says the name of the file. */
const OUTSIDE = 'A hook of the file, or a test that does not use the test function of the mock,';

/** @param name of a test. */
function afterItsEnd(name: string): string {
  return `The test "${name}", after it had ended,`;
}

function leakError(asked: readonly AskedLeaks[]): LeakError {
  return new LeakError(asked, 'a handler of your own (server.use)');
}

function optOutOfTest(kind: Leak['kind']): string {
  return `test.override({ guard: { ${kind}: 'ignore' } })`;
}

function optOutOfFile(kind: Leak['kind']): string {
  return `createTest({ guard: { ${kind}: 'ignore' } })`;
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
    for (const [index, parent] of parentsNow().entries()) {
      apply(unhandled(parent, { others: index === 0 ? 'warn' : 'bypass' }), print);
    }
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
