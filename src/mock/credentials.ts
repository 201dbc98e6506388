import type { Operation, SecurityScheme } from '../contract/contract.ts';
import type { HttpRequest } from '../contract/message.ts';

/** What carries credentials beside `Authorization`, by the security schemes of operations. */
export interface CredentialNames {
  /** As the contract writes them. */
  readonly headers: readonly string[];
  /** In the query. */
  readonly parameters: readonly string[];
  readonly cookies: readonly string[];
}

/** The credentials of a request, as the security schemes of a contract have them. */
export type CredentialReader = (request: HttpRequest) => readonly string[];

export function credentialNamesOf(operations: readonly Operation[]): CredentialNames {
  const schemes = operations.flatMap((operation) => operation.schemes);
  const namesIn = (place: SecurityScheme['kind']) => [
    ...new Set(schemes.filter(({ kind }) => kind === place).map(({ parameter }) => parameter)),
  ];
  return { headers: namesIn('header'), parameters: namesIn('query'), cookies: namesIn('cookie') };
}

/**
 * Reads what must not be shown. Journal and log never show `Authorization` and cookies, so only keys in other headers and
 * in queries are read.
 *
 * @returns `null` where the contract has no such scheme.
 */
export function createCredentialReader({
  headers: names,
  parameters,
}: CredentialNames): CredentialReader | null {
  const headers = names.map((name) => name.toLowerCase());
  if (headers.length + parameters.length === 0) return null;
  return (request) => [
    ...headers.flatMap((name) => request.headers[name] ?? []),
    ...valuesOf(parameters, request.query),
  ];
}

function valuesOf(names: readonly string[], query: string): readonly string[] {
  if (names.length === 0 || query === '') return [];
  const sent = new URLSearchParams(query);
  return names.flatMap((name) => sent.getAll(name));
}
