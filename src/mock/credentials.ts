import type { Contract, SecurityScheme } from '../contract/contract.ts';
import type { HttpRequest } from '../contract/message.ts';

/** The credentials of a request, as the security schemes of a contract have them. */
export type CredentialReader = (request: HttpRequest) => readonly string[];

/**
 * Reads what must not be shown. Journal and log never show `Authorization` and cookies, so only keys in other headers and
 * in queries are read.
 *
 * @returns `null` where the contract has no such scheme.
 */
export function createCredentialReader({ operations }: Contract): CredentialReader | null {
  const schemes = operations.flatMap(({ security }) =>
    security.flatMap((requirement) => requirement.schemes),
  );
  const namesIn = (place: SecurityScheme['kind']) => [
    ...new Set(schemes.filter(({ kind }) => kind === place).map(({ parameter }) => parameter)),
  ];
  const headers = namesIn('header').map((name) => name.toLowerCase());
  const parameters = namesIn('query');
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
