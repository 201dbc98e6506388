import { HttpHandler } from 'msw';
import type { Operation } from '../contract/contract.ts';
import type { Route } from '../contract/router.ts';
import { memoize } from '../memoize.ts';
import { wait } from './delay.ts';
import { type Answerer, toHttpRequest, toResponse } from './fetch.ts';

/** What handlers need of a mock. */
export interface Matcher extends Answerer {
  /** The route of a URL; `null` leaves the request to MSW's own policy. */
  match(method: string, url: URL): Route | null;
}

/** One MSW handler for each operation, for `setupServer`, `setupWorker` and `server.use`. */
export function createHandlers(mock: Matcher, operations: readonly Operation[]): HttpHandler[] {
  // MSW asks every handler about the same request.
  const routeOf = memoize((request: Request) => mock.match(request.method, new URL(request.url)));
  return operations.map((operation) => new OperationHandler(mock, operation, routeOf));
}

class OperationHandler extends HttpHandler {
  readonly #operation: Operation;
  readonly #routeOf: (request: Request) => Route | null;

  constructor(mock: Answerer, operation: Operation, routeOf: (request: Request) => Route | null) {
    // All methods: the mock answers those that the operation does not allow with its 405.
    super(/.+/, operation.path, async ({ request }) => {
      const reply = mock.answer(await toHttpRequest(request));
      const isOver = reply.delayMs === 0 || (await wait(reply.delayMs, request.signal));
      return isOver && reply.kind === 'response' ? toResponse(reply) : Response.error();
    });
    this.#operation = operation;
    this.#routeOf = routeOf;
    this.info.header = `${operation.method} ${operation.path}`;
  }

  /** MSW's own matching knows neither format suffixes nor base paths, and throws on malformed escapes. */
  override async parse({ request }: { readonly request: Request }) {
    const route = this.#routeOf(request);
    const matches = route?.operation === this.#operation;
    return { match: { matches, params: matches ? { ...route.parameters } : {} }, cookies: {} };
  }
}
