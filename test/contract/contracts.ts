import type { Contract } from '../../src/contract/contract.ts';
import { ContractError, type ContractFinding } from '../../src/contract/contract-error.ts';
import { readContract } from '../../src/contract/reading/read-contract.ts';
import { createRouter, type Router, type RoutingRules } from '../../src/contract/router.ts';
import { posthog } from '../../src/provider/posthog/posthog.ts';

/** An OpenAPI 3.1 document with these lines of YAML below its head, and with an operation. */
export function yaml(body: string): string {
  const paths = /^paths:/m.test(body) ? '' : 'paths: { /things: { get: { responses: { 204: {} } } } }\n';
  return `openapi: 3.1.0\ninfo: { title: Things, version: 1.0.0 }\n${paths}${body}`;
}

export function contractOf(body: string): Contract {
  return readContract(yaml(body), 'things.yaml');
}

/** A contract made of routes only, such as `GET /things/{id}`. */
export function contractWithRoutes(routes: readonly string[], servers: readonly string[] = ['/']): Contract {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const [method = '', path = ''] = route.split(' ');
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: { responses: { 204: { description: 'Done.' } } },
    };
  }
  return readContract({ openapi: '3.1.0', servers: servers.map((url) => ({ url })), paths });
}

/** A router for such a contract; PostHog's rules by default. */
export function routerWithRoutes(
  routes: readonly string[],
  servers?: readonly string[],
  rules: RoutingRules = posthog.routing,
): Router {
  return createRouter(contractWithRoutes(routes, servers), rules);
}

/** The error with which the reader refuses a source, by default as one with anything odd. */
export function refusal(source: string | object, strict = true): ContractError {
  try {
    readContract(source, 'things.yaml', { strict });
  } catch (cause) {
    if (cause instanceof ContractError) return cause;
    throw cause;
  }
  throw new Error('the contract has been accepted');
}

/** What is odd about a document, without the kinds. */
export function findings(body: string): readonly Omit<ContractFinding, 'kind'>[] {
  return refusal(yaml(body)).findings.map(({ kind: _, ...finding }) => finding);
}
