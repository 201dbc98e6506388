import type { Contract, Parameter, RequestBody } from '../../contract/contract.ts';
import type { HttpRequest } from '../../contract/message.ts';
import type { Route } from '../../contract/router.ts';
import { memoize } from '../../memoize.ts';
import { checkBody } from './body.ts';
import { checkFields, checkPath, isField } from './fields.ts';
import { type Found, NONE, NOTHING_FOUND, type RequestVerdict, toVerdict } from './finding.ts';
import { createQueryCheck } from './query.ts';

/** What the contract has against a request of one of its operations. */
export type RequestCheck = (route: Route, request: HttpRequest) => RequestVerdict;

/**
 * Checks requests against the contract: the parameters in path, query, headers and cookies, the media type and the body.
 * Paths and queries that come again cost a look-up each.
 */
export function createRequestCheck({ root }: Contract): RequestCheck {
  const checkQuery = createQueryCheck(root);
  // The router gives the same route again for the same path.
  const planOf = memoize((route: Route) => planFor(root, route));
  return (route, request) => {
    const { path, fields, requestBody, isPlain } = planOf(route);
    if (isPlain && request.query === '') return NOTHING_FOUND;
    const { operation } = route;
    const query = checkQuery(operation, request.query);
    const sent = fields.length > 0 ? checkFields(root, fields, request) : NONE;
    const body = requestBody ? checkBody(root, requestBody, request) : NONE;
    if (path.length + query.length + sent.length + body.length === 0) return NOTHING_FOUND;
    return toVerdict([...path, ...query, ...sent, ...body]);
  };
}

/** What is known of a request by its route. */
interface Plan {
  readonly path: readonly Found[];
  /** Parameters in headers and cookies. */
  readonly fields: readonly Parameter[];
  readonly requestBody: RequestBody | null;
  /** Whether a request without a query keeps the contract, whatever else it has. */
  readonly isPlain: boolean;
}

function planFor(root: object, route: Route): Plan {
  const { requestBody, parameters } = route.operation;
  const path = checkPath(root, route);
  const fields = parameters.filter(isField);
  const needsQuery = parameters.some((parameter) => parameter.in === 'query' && parameter.required);
  const isPlain = path.length === 0 && fields.length === 0 && requestBody === null && !needsQuery;
  return { path, fields, requestBody, isPlain };
}
