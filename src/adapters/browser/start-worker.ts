import { type SetupWorker, setupWorker } from 'msw/browser';
import { checkMembers, OPTIONS } from '../../check-members.ts';
import { redactPath } from '../../mock/journal/redact.ts';
import type { Mock } from '../fronts.ts';

export interface StartWorkerOptions {
  /** The script that `npx msw init` copied. Default `/mockServiceWorker.js`. */
  readonly url?: string;
  /** Log nothing in the console of the page but warnings. Default true. */
  readonly quiet?: boolean;
}

/**
 * Starts a service worker that answers for a mock. Requests that are none of the mock's go to the network; one
 * that nearly was is reported in the console.
 * @throws {UsageTypeError} (rejects) on an option that does not exist.
 * @returns the worker, to stop it or to give it handlers of your own: `worker.use(...)`.
 */
export async function startWorker(mock: Mock, options: StartWorkerOptions = {}): Promise<SetupWorker> {
  checkMembers('startWorker', OPTIONS, options, ['url', 'quiet']);
  const { url = '/mockServiceWorker.js', quiet = true } = options;
  const worker = setupWorker(...mock.handlers);
  const start = {
    quiet,
    serviceWorker: { url },
    onUnhandledRequest: (request: Request) => warnOfNearMiss(mock, request),
    // MSW 3 calls it this, and ignores the other.
    onUnhandledFrame: ({ frame }: { readonly frame: UnhandledFrame }) => {
      if (frame.data.request) warnOfNearMiss(mock, frame.data.request);
    },
  };
  await worker.start(start);
  return worker;
}

/** A frame of MSW 3: a request, or something of a web socket. */
interface UnhandledFrame {
  readonly data: { readonly request?: Request };
}

/** A page requests much that is not the mock's. The query stays out of the console: it may hold a key. */
function warnOfNearMiss(mock: Mock, { method, url }: Request): void {
  const parsed = new URL(url);
  if (!mock.isNearMiss(method, parsed)) return;
  const path = redactPath(parsed.pathname);
  console.warn(
    `[posthog-experiments-mock] ${method} ${path} goes to the network. ${mock.explain({ method, url })}`,
  );
}
