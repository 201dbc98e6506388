import { type SetupWorker, setupWorker } from 'msw/browser';
import { checkOptions } from '../../check-options.ts';
import { checkMock } from '../../mock/check-mock.ts';
import { redactPath } from '../../mock/journal/redact.ts';
import { withoutControls } from '../../text/printable.ts';
import { withoutBody } from '../fetch.ts';
import type { AnyMock } from '../fronts.ts';
import { onUnhandled } from '../unhandled.ts';

/** How the service worker is started. */
export interface StartWorkerOptions {
  /** The URL of the script that `npx msw init` copied. Default `/mockServiceWorker.js`. */
  readonly url?: string | undefined;
  /**
   * Whether the console gets warnings only. Default true. A mock that takes over at the same `url` does not change it:
   * MSW reads it when the worker starts.
   */
  readonly quiet?: boolean | undefined;
}

/** Settles when the last start has. */
let lastStart: Promise<unknown> = Promise.resolve();

/**
 * Starts a service worker that answers from a mock. Requests that match no operation go to the network; a near miss
 * is reported in the console and in the journal. If another mock answers in this page, as after a hot reload of the
 * module that calls this, the new one takes over.
 *
 * ```ts
 * const worker = await startWorker(createMock());
 * worker.use(http.get('/api/users/@me/', () => HttpResponse.json({ id: 1 }))); // handlers of your own win
 * ```
 * @returns MSW's worker.
 * @throws {UsageTypeError} (rejects) on what is no mock, and on an option that does not exist or has the wrong type.
 */
export async function startWorker(mock: AnyMock, options: StartWorkerOptions = {}): Promise<SetupWorker> {
  checkMock('startWorker', mock);
  checkOptions('startWorker', options, { url: 'string', quiet: 'boolean' });
  // One after the other: a page may call this again before the first worker has started.
  const started = lastStart.then(() => takeOver(mock, options));
  lastStart = started.catch(() => {});
  return started;
}

/** MSW's worker, which answers for one mock after another: once stopped, it cannot start again at once. */
interface Running {
  readonly msw: SetupWorker;
  readonly url: string;
  mock: AnyMock;
  /** What the last caller of `startWorker` has. */
  worker: SetupWorker;
}

let running: Running | null = null;

async function takeOver(
  mock: AnyMock,
  { url = '/mockServiceWorker.js', quiet = true }: StartWorkerOptions,
): Promise<SetupWorker> {
  if (running?.url !== url) await running?.worker.stop();
  const msw = running?.msw ?? (await startMsw(mock, { url, quiet }));
  if (running) msw.resetHandlers(...mock.handlers);
  const worker = workerOf(msw, mock);
  running = { msw, url, mock, worker };
  return worker;
}

/** The options, with their defaults. */
interface Start {
  readonly url: string;
  readonly quiet: boolean;
}

async function startMsw(mock: AnyMock, { url, quiet }: Start): Promise<SetupWorker> {
  const msw = setupWorker(...mock.handlers);
  const report = onUnhandled((request) => {
    if (request) reportNearMiss(running?.mock ?? mock, request);
  });
  const start = { quiet, serviceWorker: { url }, ...report };
  try {
    await msw.start(start);
  } catch (cause) {
    // Otherwise the next start fails too. MSW 3 never settles this.
    void msw.stop();
    throw cause;
  }
  return msw;
}

/** MSW's worker for one mock. When another mock has taken over, it no longer stops or resets what that one needs. */
function workerOf(msw: SetupWorker, mock: AnyMock): SetupWorker {
  const isCurrent = () => running?.worker === worker;
  const stop: SetupWorker['stop'] = () => {
    if (!isCurrent()) return undefined;
    running = null;
    return msw.stop();
  };
  const resetHandlers: SetupWorker['resetHandlers'] = (...next) => {
    if (isCurrent()) msw.resetHandlers(...(next.length > 0 ? next : mock.handlers));
  };
  const worker: SetupWorker = Object.create(msw, {
    stop: { value: stop },
    resetHandlers: { value: resetHandlers },
  });
  return worker;
}

/** Reports near misses only: most requests of a page are not meant for the mock. The query may hold a key. */
function reportNearMiss(mock: AnyMock, request: Request): void {
  const missed = withoutBody(request);
  const hint = mock.recordNearMiss(missed);
  if (hint === null) return;
  const { method, path } = missed;
  const target = withoutControls(`${method} ${redactPath(path, mock.secrets)}`);
  console.warn(`[posthog-experiments-mock] ${target} goes to the network. ${hint}`);
}
