import { isCommonAssetRequest } from 'msw';
import { checkOptions } from '../check-options.ts';
import { NEEDS_MSW } from '../explain-msw.ts';
import { checkMock } from '../mock/check-mock.ts';
import { redactPath } from '../mock/journal/redact.ts';
import type { CoreMock } from '../mock/mock.ts';
import { withoutControls } from '../text/printable.ts';
import { shown } from '../text/shown.ts';
import { UsageTypeError } from '../usage-error.ts';
import { withoutBody } from './fetch.ts';

// `import` fails where an old version of MSW lacks it; `require` and some bundlers give undefined.
if (isCommonAssetRequest === undefined) throw new Error(NEEDS_MSW);

/** What happens to requests that no handler answers and that are not near an operation. */
export interface UnhandledOptions {
  /** As MSW's own option: `error` stops them, `warn` reports them, `bypass` is silent. Default `warn`, as in MSW. */
  readonly others?: 'error' | 'warn' | 'bypass' | undefined;
}

/** MSW's option for requests that no handler answers, under its names in MSW 2 and in MSW 3. */
export interface Unhandled {
  onUnhandledRequest(request: Request, print: { warning(): void; error(): void }): void;
  onUnhandledFrame(unhandled: {
    readonly frame: { readonly data: unknown };
    readonly defaults: { warn(): void; error(): void };
  }): void;
}

/** What tells near misses, and records them. */
type NearMisses = Pick<CoreMock, 'recordNearMiss' | 'secrets'>;

const OTHERS = ['error', 'warn', 'bypass'];

/**
 * Options for MSW that stop near misses: a request that no handler answers, but that comes close to an operation of the
 * mock, fails as if the network were down, and the console says what differs. Works in MSW 2 and in MSW 3.
 *
 * ```ts
 * const server = setupServer(...mock.handlers);
 * server.listen(unhandled(mock)); // or unhandled(mock, { others: 'error' })
 * ```
 * @throws {UsageTypeError} on what is no mock, and on an option that does not exist or has the wrong value.
 */
export function unhandled(mock: NearMisses, options: UnhandledOptions = {}): Unhandled {
  checkMock('unhandled', mock);
  checkOptions('unhandled', options, { others: 'string' });
  const { others = 'warn' } = options;
  if (!OTHERS.includes(others)) {
    throw new UsageTypeError(`"others" is one of ${OTHERS.join(', ')}; found ${shown(others)}.`);
  }
  const react = (request: Request | null, warn: () => void, error: () => void): void => {
    if (request) {
      stopNearMiss(mock, request);
      // As MSW does unless it is given a function.
      if (isCommonAssetRequest(request)) return;
    }
    if (others === 'warn') warn();
    if (others === 'error') {
      error();
      // Newer versions of MSW only print.
      throw Response.error();
    }
  };
  return onUnhandled(react);
}

/**
 * MSW's option under both of its names; MSW 3 ignores the older one silently.
 * @param react gets the request, or `null` for a frame of a WebSocket, and what MSW does by default.
 */
export function onUnhandled(
  react: (request: Request | null, warn: () => void, error: () => void) => void,
): Unhandled {
  return {
    onUnhandledRequest: (request, print) => react(request, print.warning, print.error),
    onUnhandledFrame: ({ frame, defaults }) => react(requestOf(frame.data), defaults.warn, defaults.error),
  };
}

/** A near miss may be meant for another operation of the same API, which the contract does not have. */
const OTHERWISE = 'If it is meant so, answer it with a handler of your own: server.use(…).';

/** @throws {Response} of a network error: MSW sends what is thrown, and would make a 500 of an `Error`. */
function stopNearMiss(mock: NearMisses, request: Request): void {
  const missed = withoutBody(request);
  const hint = mock.recordNearMiss(missed);
  if (hint === null) return;
  // The query may hold a key.
  const target = withoutControls(`${missed.method} ${missed.origin}${redactPath(missed.path, mock.secrets)}`);
  console.error(
    `[posthog-experiments-mock] ${target} was stopped: no operation matches. ${hint} ${OTHERWISE}`,
  );
  throw Response.error();
}

/** The request of a frame of MSW 3; other frames are those of WebSockets. */
function requestOf(data: unknown): Request | null {
  return typeof data === 'object' && data !== null && 'request' in data ? (data.request as Request) : null;
}
