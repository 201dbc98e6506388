import { ContractError, createMock } from '../../../src/index.ts';
import type { JsonObject } from '../../../src/json.ts';
import { documentOf } from '../../documents/document.ts';
import { createJudge } from '../../documents/judge.ts';
import { operationsOf } from '../../documents/operations.ts';

/** A mistake that the mock reports, at a JSON pointer. */
export interface Complaint {
  readonly pointer: string;
  readonly detail: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Responses of an operation whose answer is `{"a":1}`. */
export const OK: JsonObject = { 200: response({ example: { a: 1 } }) };
export const OK_BODY = '{"a":1}';

/** A response with one media type. */
export function response(media: JsonObject, mediaType = 'application/json'): JsonObject {
  return { description: 'd', content: { [mediaType]: media } };
}

/** A document that answers `GET` at each path with these responses. */
export function documentWith(paths: Readonly<Record<string, JsonObject>>, rest: JsonObject = {}): JsonObject {
  const items = Object.entries(paths).map(([path, responses]) => [path, { get: { responses } }]);
  return { openapi: '3.1.0', info: { title: 't', version: '1' }, paths: Object.fromEntries(items), ...rest };
}

/** A mock of any contract. */
export function serve(contract: string | object, options: object = {}) {
  return createMock({ ...options, contract });
}

/** The answer of a mock; `type` is without parameters. */
export async function ask(mock: Pick<ReturnType<typeof serve>, 'fetch'>, path: string, asked: Asked = {}) {
  const given = await mock.fetch(new Request(`http://localhost${path}`, { redirect: 'manual', ...asked }));
  const [type] = (given.headers.get('content-type') ?? '').split(';');
  return { status: given.status, type, body: await given.text(), headers: given.headers };
}

/** What ajv, or the list of documented statuses and media types, has against an answer to a request of a document. */
export async function verdictOf(contract: object, path: string, asked: Asked = {}): Promise<string | null> {
  const { status, type, body } = await ask(serve(contract), path, asked);
  const document = documentOf(contract, 'contract.yaml');
  const name = `${asked.method ?? 'GET'} ${path}`;
  const operation = operationsOf(document).find((candidate) => candidate.name === name);
  if (operation === undefined) throw new Error(`${name} is no operation`);
  const verdict = createJudge(document).judge(operation, { status, contentType: type || undefined, body });
  return verdict && `${verdict.kind}: ${verdict.detail}`;
}

/** What a mock warns about. */
export function warningsOf(contract: string | object): readonly Complaint[] {
  const warnings: unknown = Reflect.get(serve(contract).contract, 'warnings');
  return Array.isArray(warnings) ? warnings : [];
}

/** What a mock refuses a contract for; none when it is accepted. */
export function refusalsOf(contract: string | object, options: object = {}): readonly Complaint[] {
  try {
    serve(contract, options);
    return [];
  } catch (cause) {
    if (cause instanceof ContractError) return cause.findings;
    throw cause;
  }
}
