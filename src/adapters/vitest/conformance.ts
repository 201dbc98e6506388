import { checkMembers } from '../../check-members.ts';
import type { Contract, Operation } from '../../contract/contract.ts';
import { descriptionOf } from '../../contract/described.ts';
import { declaredFor, isJson } from '../../contract/media-type.ts';
import type { Answer, HeaderField } from '../../contract/message.ts';
import { isObject } from '../../json.ts';
import { memoize } from '../../memoize.ts';
import { type AnswerViolation, createAnswerCheck, violationSentences } from '../../mock/answer-check.ts';
import { OPERATION_HEADER } from '../../mock/headers.ts';
import { noSuchName } from '../../text/nearest-name.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../usage-error.ts';

/** An answer as plain data. */
export interface OperationAnswer {
  readonly operation: string;
  readonly status: number;
  /** A value of JSON, not yet as text; a string where `contentType` is not JSON. Absent: none. */
  readonly body?: unknown;
  /** Default: JSON. */
  readonly contentType?: string | undefined;
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
 * @throws {UsageTypeError} on a body that is not text, though it is not JSON either.
 */
export function conformanceOf(contract: Contract, answer: OperationAnswer): Conformance {
  const { operation: id, status } = answer;
  const operation = operationOf(contract, id);
  const body = textOf(answer);
  const contentType = body === null ? null : (answer.contentType ?? 'application/json');
  const types = [...(descriptionOf(operation, status)?.schemas.keys() ?? [])];
  if (contentType !== null && answer.contentType === undefined && isNone(types, contentType)) {
    const violation = `The media type is one of ${types.join(', ')}. A body as data is JSON: give its contentType, or the Response.`;
    return { operation: id, status, violations: [violation] };
  }
  return check(contract, operation, { status, contentType, body }, null);
}

function textOf({ body, contentType }: OperationAnswer): string | null {
  if (body === undefined) return null;
  if (contentType === undefined || isJson(contentType)) return JSON.stringify(body);
  if (typeof body === 'string') return body;
  throw new UsageTypeError(`A body of ${shown(contentType)} is a string; found ${shown(body)}.`);
}

function isNone(declared: readonly string[], contentType: string): boolean {
  return declared.length > 0 && !declared.some(isJson) && declaredFor(declared, contentType) === undefined;
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
  const contentType = response.headers.get('content-type');
  const text = response.body === null ? null : await response.clone().text();
  // Without a type, it is no text that is empty.
  const body = contentType === null && text === '' ? null : text;
  const answer = { status: response.status, contentType, body };
  return check(contract, operationOf(contract, id), answer, [...response.headers]);
}

/**
 * @throws {UsageTypeError} on what is no name.
 * @throws {UsageRangeError} on an operation that the contract does not have.
 */
export function operationOf({ operations }: Contract, id: unknown): Operation {
  if (typeof id !== 'string') {
    throw new UsageTypeError(`An operation is named by its operationId; found ${shown(id)}.`);
  }
  const found = operations.find((operation) => operation.id === id);
  if (found) return found;
  const known = operations.map((operation) => operation.id);
  throw new UsageRangeError(noSuchName('There is no operation', id, known, 'The operations are'));
}

/** @throws {UsageTypeError} when a member is not one of an answer, as a misspelt one, or `contentType` is no string. */
export function isOperationAnswer(value: unknown): value is OperationAnswer {
  if (!isObject(value) || typeof value.operation !== 'string' || typeof value.status !== 'number')
    return false;
  checkMembers('An answer', ['member', 'members'], value, ['operation', 'status', 'body', 'contentType']);
  const { contentType } = value;
  if (contentType !== undefined && typeof contentType !== 'string') {
    throw new UsageTypeError(`"contentType" is a string; found ${shown(contentType)}.`);
  }
  return true;
}

/** @param headers `null`: not known, so not checked. */
function check(
  contract: Contract,
  operation: Operation,
  answer: Omit<Answer, 'headers'>,
  headers: readonly HeaderField[] | null,
): Conformance {
  const { id, responses } = operation;
  const { status, contentType } = answer;
  const description = descriptionOf(operation, status);
  const conformance = (...violations: readonly string[]) => ({ operation: id, status, violations });
  if (!description) {
    const documented = responses.map((response) => response.status).join(', ');
    return conformance(`The contract documents ${documented}; found ${status}.`);
  }
  const types = [...description.schemas.keys()];
  const lacksBody = contentType === null && !(answer.body === null && mayBeEmpty(operation, status));
  if (types.length > 0 && lacksBody) {
    const found = answer.body === null ? 'no body' : 'none';
    return conformance(`The media type is one of ${types.join(', ')}; found ${found}.`);
  }
  const given = { operation, answer: { ...answer, headers: headers ?? [] }, apiHeaders: [], isForced: true };
  const isKnown = ({ in: place, name }: AnswerViolation) =>
    headers !== null || place !== 'header' || name === 'Content-Type';
  const violations = checkOf(contract)(given).filter(isKnown);
  return conformance(...violations.map((violation) => violationSentences([violation])));
}

/** Whether one of its scenarios has this status without the body. */
function mayBeEmpty({ scenarios }: Operation, status: number): boolean {
  return [...scenarios.values()].some((scenario) => scenario.reply === 'empty' && scenario.status === status);
}

const checkOf = memoize(createAnswerCheck);
