import { type SetupWorker, setupWorker } from 'msw/browser';
import { checkOptions } from '../../check-options.ts';
import { redactPath } from '../../mock/journal/redact.ts';
import type { MockNames } from '../../mock/options.ts';
import type { Mock } from '../fronts.ts';

/** How the service worker is started. */
export interface StartWorkerOptions {
  /** The URL of the script that `npx msw init` copied. Default `/mockServiceWorker.js`. */
  readonly url?: string;
  /** Whether the console gets warnings only. Default true. */
  readonly quiet?: boolean;
}

/**
 * Starts a service worker that answers from a mock. Requests that match no operation go to the network; a near miss
 * is reported in the console.
 *
 * ```ts
 * const worker = await startWorker(createMock());
 * worker.use(http.get('/api/users/@me/', () => HttpResponse.json({ id: 1 }))); // handlers of your own win
 * ```
 * @returns MSW's worker.
 * @throws {UsageTypeError} (rejects) on an option that does not exist or has the wrong type.
 */
export async function startWorker(
  mock: Mock<MockNames>,
  options: StartWorkerOptions = {},
): Promise<SetupWorker> {
  checkOptions('startWorker', options, { url: 'string', quiet: 'boolean' });
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

/** A frame of MSW 3: of a request or of a WebSocket. */
interface UnhandledFrame {
  readonly data: { readonly request?: Request };
}

/** Warns of near misses only: most requests of a page are not meant for the mock. The query may hold a key. */
function warnOfNearMiss(mock: Mock<MockNames>, { method, url }: Request): void {
  const parsed = new URL(url);
  const hint = mock.explainNearMiss(method, parsed);
  if (hint === null) return;
  const path = redactPath(parsed.pathname);
  console.warn(`[posthog-experiments-mock] ${method} ${path} goes to the network. ${hint}`);
}
