import type { Contract, Operation } from '../../contract/contract.ts';
import { descriptionOf } from '../../contract/described.ts';
import { isJson } from '../../contract/media-type.ts';
import { checkAt, type SchemaCheck } from '../../contract/schema.ts';
import { isObject } from '../../json.ts';
import { OPERATION_HEADER } from '../../mock/headers.ts';
import { noSuchName } from '../../text/nearest-name.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../usage-error.ts';

/** An answer as plain data. */
export interface OperationAnswer {
  readonly operation: string;
  readonly status: number;
  /** JSON, not yet as text; absent: none. */
  readonly body?: unknown;
}

/** The operation that answered, and how the answer breaks the contract. */
export interface Conformance {
  readonly operation: string;
  readonly status: number;
  readonly violations: readonly string[];
}

/**
 * Checks an answer given as data.
 * @throws {UsageRangeError} on an operation that the contract does not have.
 */
export function conformanceOf(
  contract: Contract,
  { operation: id, status, body }: OperationAnswer,
): Conformance {
  const text = body === undefined ? null : JSON.stringify(body);
  return check(contract, operationOf(contract, id), status, text === null ? null : 'application/json', text);
}

/**
 * Checks a response, whose body can still be read afterwards.
 * @param id the operation that it answers. Default: what the header `X-Mock-Operation` says.
 * @throws {UsageRangeError} (rejects) on an operation that the contract does not have.
 * @throws {UsageTypeError} (rejects) when the operation is not known, and when the body has been read already.
 */
export async function responseConformance(
  contract: Contract,
  response: Response,
  id: string | null = response.headers.get(OPERATION_HEADER),
): Promise<Conformance> {
  if (id === null) {
    throw new UsageTypeError(
      `The response has no header ${OPERATION_HEADER}: say which operation it answers, as in toConformToContract({ operation: "${contract.operations[0]?.id ?? '…'}" }).`,
    );
  }
  if (response.bodyUsed) {
    throw new UsageTypeError(
      'The body of the response has been read already: check it first, or a clone of it.',
    );
  }
  const text = await response.clone().text();
  const contentType = response.headers.get('content-type');
  return check(contract, operationOf(contract, id), response.status, contentType, text === '' ? null : text);
}

/** @throws {UsageRangeError} on an operation that the contract does not have. */
export function operationOf({ operations }: Contract, id: string): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (found) return found;
  const known = operations.map((operation) => operation.id);
  throw new UsageRangeError(noSuchName('There is no operation', id, known, 'The operations are'));
}

export function isOperationAnswer(value: unknown): value is OperationAnswer {
  return isObject(value) && typeof value.operation === 'string' && typeof value.status === 'number';
}

function check(
  contract: Contract,
  operation: Operation,
  status: number,
  contentType: string | null,
  body: string | null,
): Conformance {
  const violations = violationsOf(contract, operation, status, contentType, body);
  return { operation: operation.id, status, violations };
}

function violationsOf(
  { root }: Contract,
  operation: Operation,
  status: number,
  contentType: string | null,
  body: string | null,
): readonly string[] {
  const description = descriptionOf(operation, status);
  if (!description) {
    const documented = operation.responses.map((response) => response.status).join(', ');
    return [`The contract documents ${documented}; found ${status}.`];
  }
  const { schemas } = description;
  // Media types without a schema are not known here, so where no other is, any will do.
  if (contentType === null || body === null || schemas.size === 0) return [];
  const pointer = schemaFor(schemas, contentType);
  if (pointer === undefined) {
    return [`The media type is one of ${[...schemas.keys()].join(', ')}; found ${shown(contentType)}.`];
  }
  return isJson(contentType) ? bodyViolations(checkAt(root, pointer), body) : [];
}

function schemaFor(schemas: ReadonlyMap<string, string>, contentType: string): string | undefined {
  const given = bare(contentType);
  const [type = ''] = given.split('/', 1);
  const known = new Map([...schemas].map(([name, pointer]) => [bare(name), pointer]));
  return known.get(given) ?? known.get(`${type}/*`) ?? known.get('*/*');
}

/** Without parameters. */
function bare(mediaType: string): string {
  const [name = ''] = mediaType.split(';', 1);
  return name.trim().toLowerCase();
}

function bodyViolations(check: SchemaCheck, body: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return ['The body is not JSON.'];
  }
  return check(value).map(({ pointer, detail }) => `${pointer === '' ? 'The body' : pointer}: ${detail}`);
}
