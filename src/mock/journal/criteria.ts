import { checkMembers } from '../../check-members.ts';
import type { OperationId } from '../../generated/names.ts';
import { shown } from '../../text/shown.ts';
import { UsageRangeError, UsageTypeError } from '../../usage-error.ts';
import { type Catalogue, unknownName } from '../scenarios/catalogue.ts';
import { statusOf } from './entry.ts';
import type { JournalRecord } from './record.ts';

/** What an entry has to match. An absent criterion matches everything. */
export interface JournalCriteria<Operation extends string = OperationId> {
  readonly operation?: Operation | null | undefined;
  /** In any case. */
  readonly method?: string | undefined;
  readonly scenario?: string | null | undefined;
  readonly status?: number | null | undefined;
}

const NAME = { type: 'a string or null', matches: (value: unknown) => value === null || isString(value) };
const CRITERIA = {
  operation: NAME,
  method: { type: 'a string', matches: isString },
  scenario: NAME,
  status: {
    type: 'a whole number or null',
    matches: (value: unknown) => value === null || Number.isInteger(value),
  },
};

/**
 * Checks criteria, which would match nothing if they were mistaken.
 *
 * @param owner the function that takes them, as messages name it.
 * @param records may have names of a contract that has been replaced since.
 * @throws {UsageTypeError} on a criterion that does not exist or has the wrong type.
 * @throws {UsageRangeError} on an operation or a scenario that neither the contract nor a record has.
 */
export function checkCriteria(
  owner: string,
  criteria: JournalCriteria<string>,
  catalogue: Catalogue,
  records: readonly JournalRecord[],
): void {
  checkMembers(owner, ['criterion', 'criteria'], criteria, Object.keys(CRITERIA));
  for (const [name, { type, matches }] of Object.entries(CRITERIA)) {
    const value: unknown = Reflect.get(criteria, name);
    if (value === undefined || matches(value)) continue;
    throw new UsageTypeError(`"${name}" of ${owner} is ${type}; found ${shown(value)}.`);
  }
  const { operation, scenario } = criteria;
  const isRecorded = (name: 'operation' | 'scenario') =>
    records.some(({ reply }) => reply.provenance[name] === criteria[name]);
  if (isString(operation) && !catalogue.operations.has(operation) && !isRecorded('operation'))
    throw new UsageRangeError(unknownName('operation', operation, catalogue.operations.keys()));
  if (isString(scenario) && !catalogue.scenarios.has(scenario) && !isRecorded('scenario'))
    throw new UsageRangeError(unknownName('scenario', scenario, catalogue.scenarios));
}

export function meets({ request, reply }: JournalRecord, criteria: JournalCriteria<string>): boolean {
  const { method, operation, scenario, status } = criteria;
  return (
    (method === undefined || request.method === method.toUpperCase()) &&
    (operation === undefined || reply.provenance.operation === operation) &&
    (scenario === undefined || reply.provenance.scenario === scenario) &&
    (status === undefined || statusOf(reply) === status)
  );
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
