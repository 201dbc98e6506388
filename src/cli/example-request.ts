import { OK, type Operation, type Parameter, type SecurityRequirement } from '../contract/contract.ts';
import { pathKeyOf } from '../contract/path-key.ts';
import { shellWord } from '../mock/journal/curl.ts';
import type { CoreMock } from '../mock/mock.ts';
import { servedOf } from '../mock/served.ts';

/** A request that the mock answers with success. */
export interface ExampleRequest {
  readonly path: string;
  /** Percent-encoded; empty when there is none. */
  readonly query: string;
  /** By name. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How many keys and projects are tried; with usual rows, one of the first works. */
const MAX_TRIED = 20;
const MAX_TRIED_OPERATIONS = 5;

/**
 * Finds a request that succeeds by trying: without a credential, with one of the scheme that the contract describes, then
 * with each key on each project. Tries where journal and coverage of the served mock do not see it.
 * @returns `null` when none succeeds, as with rows in which no key may read.
 */
export function findExampleRequest(served: CoreMock): ExampleRequest | null {
  using mock = servedOf(served).trial({ id: 'example', scenario: OK });
  const { database } = mock;
  const projects = database.projects.findMany().slice(0, MAX_TRIED);
  const keys = database.personalApiKeys.findMany().slice(0, MAX_TRIED);
  const ids = [...new Set([...projects.map(({ id }) => String(id)), '1'])];
  for (const operation of simplest(mock.contract.operations)) {
    const credentials = [
      NO_CREDENTIAL,
      ...operation.security.slice(0, 1).map(credentialOf),
      ...keys.map(({ value }) => withHeaders({ Authorization: `Bearer ${value}` })),
    ];
    const targets = [...new Set(ids.map((id) => pathOf(operation, id)))];
    const candidates = credentials.flatMap((credential) =>
      targets.map((path) => requestOf(operation, path, credential)),
    );
    const found = candidates.find((candidate) => isAnswered(mock, candidate));
    if (found) return found;
  }
  return null;
}

/** A curl command, quoted for a POSIX shell. */
export function curlOf({ path, query, headers }: ExampleRequest, url: string): string {
  const fields = Object.entries(headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)} `);
  return `curl ${fields.join('')}${shellWord(`${url}${path}${query === '' ? '' : `?${query}`}`)}`;
}

/**
 * The operations to try, those that need the fewest values first. Of the packaged ones, which need the same, the last one
 * has an interesting answer without a query.
 */
function simplest(operations: readonly Operation[]): readonly Operation[] {
  return operations
    .filter(({ method }) => method === 'GET')
    .toReversed()
    .map((operation) => ({ operation, needs: operation.parameters.filter(isNeeded).length }))
    .sort((a, b) => a.needs - b.needs)
    .slice(0, MAX_TRIED_OPERATIONS)
    .map(({ operation }) => operation);
}

function isNeeded(parameter: Parameter): boolean {
  return parameter.required || parameter.in === 'path';
}

interface Credential {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [name: string, value: string])[];
}

const NO_CREDENTIAL: Credential = { headers: {}, query: [] };

function withHeaders(headers: Credential['headers']): Credential {
  return { headers, query: [] };
}

/** `user:password` in Base64. */
const BASIC = 'dXNlcjpwYXNzd29yZA==';

/** A credential of each scheme of a requirement: a mock of any API takes any. */
function credentialOf({ schemes }: SecurityRequirement): Credential {
  const credentials = schemes.map(({ kind, parameter }): Credential => {
    switch (kind) {
      case 'mutual-tls':
        return NO_CREDENTIAL;
      case 'query':
        return { headers: {}, query: [[parameter, 'example']] };
      case 'header':
        return withHeaders({ [parameter]: 'example' });
      case 'cookie':
        return withHeaders({ Cookie: `${parameter}=example` });
      default:
        return withHeaders({ [parameter]: kind === 'basic' ? `Basic ${BASIC}` : `Bearer example` });
    }
  });
  return {
    headers: Object.assign({}, ...credentials.map(({ headers }) => headers)),
    query: credentials.flatMap(({ query }) => query),
  };
}

function pathOf(operation: Operation, projectId: string): string {
  const {
    basePaths: [basePath = ''],
    parameters,
  } = operation;
  return (
    basePath +
    pathKeyOf(operation).template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
      const example = parameters.find((one) => one.in === 'path' && one.name === name)?.example;
      return example === undefined || name === 'project_id' ? projectId : encodeURIComponent(String(example));
    })
  );
}

function requestOf(operation: Operation, path: string, credential: Credential): ExampleRequest {
  const required = operation.parameters.filter((parameter) => parameter.required);
  const of = (place: Parameter['in']) =>
    required
      .filter((parameter) => parameter.in === place)
      .map(({ name, example }): [string, string] => [name, String(example ?? 1)]);
  const pins = pathKeyOf(operation).pins.flatMap(({ name, value }) =>
    value === null ? [] : [[name, value]],
  );
  const query = new URLSearchParams([...pins, ...of('query'), ...credential.query].map((pair) => [...pair]));
  return {
    path,
    query: query.toString(),
    headers: { ...Object.fromEntries(of('header')), ...credential.headers },
  };
}

function isAnswered(mock: CoreMock, { path, query, headers }: ExampleRequest): boolean {
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const reply = mock.answer({ method: 'GET', path, query, headers: Object.fromEntries(lowered), body: null });
  return reply.kind === 'response' && reply.status < 300;
}
