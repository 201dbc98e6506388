import { HttpHandler } from 'msw';
import type { Operation } from '../contract/contract.ts';
import { pathKeyOf } from '../contract/path-key.ts';
import type { Route } from '../contract/router.ts';
import { memoize } from '../memoize.ts';
import { wait } from './delay.ts';
import { type Answerer, toHttpRequest, toResponse } from './fetch.ts';

/** What handlers need of a mock. */
export interface Matcher extends Answerer {
  /** The route of a URL; `null` leaves the request to MSW's own policy. */
  match(method: string, url: URL): Route | null;
}

/** MSW asks every handler about every request, which takes it longer than the mock takes to answer. */
export const MAX_HANDLERS = 50;

/**
 * One MSW handler for each operation, for `setupServer`, `setupWorker` and `server.use`; one for all of them when there are
 * more than {@link MAX_HANDLERS}.
 */
export function createHandlers(mock: Matcher, operations: readonly Operation[]): HttpHandler[] {
  if (operations.length > MAX_HANDLERS) {
    const covered = { path: '*', header: `* (${operations.length} operations)`, operation: null };
    return [new MockHandler(mock, covered, (request) => routeOf(mock, request))];
  }
  const routes = memoize((request: Request) => routeOf(mock, request));
  return operations.map((operation) => {
    const header = `${operation.method} ${operation.path}`;
    return new MockHandler(mock, { path: pathKeyOf(operation).template, header, operation }, routes);
  });
}

function routeOf(mock: Matcher, { method, url }: Request): Route | null {
  return mock.match(method, new URL(url));
}

/** What a handler answers. */
interface Covered {
  readonly path: string;
  /** For `listHandlers()` and logs. */
  readonly header: string;
  /** `null`: every operation. */
  readonly operation: Operation | null;
}

class MockHandler extends HttpHandler {
  readonly #operation: Operation | null;
  readonly #routeOf: (request: Request) => Route | null;

  constructor(mock: Answerer, covered: Covered, routeOf: (request: Request) => Route | null) {
    // All methods: the mock answers those that the operation does not allow with its 405.
    super(/.+/, covered.path, async ({ request }) => {
      const reply = mock.answer(await toHttpRequest(request));
      const isOver = reply.delayMs === 0 || (await wait(reply.delayMs, request.signal));
      return isOver && reply.kind === 'response' ? toResponse(reply) : Response.error();
    });
    this.#operation = covered.operation;
    this.#routeOf = routeOf;
    this.info.header = covered.header;
  }

  /** MSW's own matching knows neither format suffixes nor base paths, and throws on malformed escapes. */
  override async parse({ request }: { readonly request: Request }) {
    const route = this.#routeOf(request);
    const matches = route !== null && (this.#operation ?? route.operation) === route.operation;
    return { match: { matches, params: matches ? { ...route.parameters } : {} }, cookies: {} };
  }
}
