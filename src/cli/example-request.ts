import { OK, type Operation } from '../contract/contract.ts';
import { shellWord } from '../mock/journal/curl.ts';
import type { CoreMock } from '../mock/mock.ts';

/** A request that the mock answers with success. */
export interface ExampleRequest {
  readonly path: string;
  /** `null`: no key is needed. */
  readonly key: string | null;
}

/** How many keys and projects are tried; with usual rows, one of the first works. */
const MAX_TRIED = 20;

/**
 * Finds a request that succeeds by trying: without a key, then with each key on each project.
 * Tries in a session, so that the journal of the served mock stays empty.
 * @returns `null` when none succeeds, as with rows in which no key may read.
 */
export function findExampleRequest(served: CoreMock): ExampleRequest | null {
  using mock = served.session({ id: 'example', scenario: OK });
  // Of the packaged operations, the last one has an interesting answer without a query.
  const operation = mock.contract.operations.findLast(({ method }) => method === 'GET');
  if (!operation) return null;
  const { database } = mock;
  const projects = database.projects.findMany().slice(0, MAX_TRIED);
  const keys = database.personalApiKeys.findMany().slice(0, MAX_TRIED);
  const paths = [...projects.map(({ id }) => String(id)), '1'].map((id) => pathOf(operation, id));
  const candidates = [null, ...keys.map(({ value }) => value)].flatMap((key) =>
    [...new Set(paths)].map((path): ExampleRequest => ({ path, key })),
  );
  return candidates.find((candidate) => isAnswered(mock, candidate)) ?? null;
}

/** A curl command, quoted for a POSIX shell. */
export function curlOf({ path, key }: ExampleRequest, url: string): string {
  const header = key === null ? '' : `-H ${shellWord(`Authorization: Bearer ${key}`)} `;
  return `curl ${header}${shellWord(url + path)}`;
}

function pathOf({ basePaths: [basePath = ''], path }: Operation, id: string): string {
  return basePath + path.replaceAll(/\{[^{}]*\}/g, id);
}

function isAnswered(mock: CoreMock, { path, key }: ExampleRequest): boolean {
  const headers = key === null ? {} : { authorization: `Bearer ${key}` };
  const reply = mock.answer({ method: 'GET', path, query: '', headers, body: null });
  return reply.kind === 'response' && reply.status < 300;
}
