import { type Contract, OK, type Operation } from '../../contract/contract.ts';
import type { HttpRequest } from '../../contract/message.ts';
import { memoize } from '../../memoize.ts';
import { shownText } from '../../text/shown.ts';
import type { JournalRecord, KeptRecord } from '../journal/record.ts';
import { isProblem } from '../problem.ts';
import type { RequestFinding } from '../request-check/finding.ts';
import type { LeftOutReason, PactInteraction } from './pact.ts';
import { describeRequest } from './request.ts';
import { describeResponse } from './response.ts';
import { hashOf } from './shape.ts';

/** What a request and its answer are as an interaction. */
export interface Described {
  /** The same for all that are one interaction. */
  readonly signature: string;
  readonly toInteraction: () => PactInteraction;
}

/** How a request breaks the contract, whether the mock checks requests or not. */
export type FindingsOf = (request: HttpRequest) => readonly RequestFinding[];

/** Describes a request and its answer, or says why they are no interaction. */
export function describeRecord(
  contract: Contract,
  record: JournalRecord | KeptRecord,
  findingsOf: FindingsOf,
): Described | LeftOutReason {
  const { request, reply } = record;
  const { operation: id, scenario } = reply.provenance;
  const operation = id === null ? undefined : operationsOf(contract).get(id);
  if (!operation) return 'unmatched';
  if (reply.kind !== 'response') return 'noResponse';
  if (scenario === null || (reply.body !== null && isProblem(reply.body))) return 'problem';
  if (request.method !== operation.method) return 'otherMethod';
  if ('cut' in record && record.cut.length > 0) return 'tooLong';

  const { root } = contract;
  const asked = describeRequest(root, operation, request, reply.redaction);
  if (typeof asked === 'string') return asked;
  const answered = describeResponse(root, operation, reply);
  if (typeof answered === 'string') return answered;
  const states = statesOf(scenario, reply.status);
  const broken = brokenPlaces(findingsOf(request));
  const signature = JSON.stringify([operation.id, states, asked.shape, broken, answered.shape]);
  return {
    signature,
    toInteraction: () => ({
      type: 'Synchronous/HTTP',
      key: hashOf(signature),
      description: descriptionOf(operation, Object.keys(asked.part.query ?? {}), reply.status, scenario),
      ...(states.length > 0 && { providerStates: states }),
      request: asked.part,
      response: answered.part,
    }),
  };
}

const operationsOf = memoize(
  ({ operations }: Contract) => new Map(operations.map((operation) => [operation.id, operation])),
);

/** A request that breaks the contract is not of the same shape as one that keeps it, or breaks it elsewhere. */
function brokenPlaces(findings: readonly RequestFinding[]): readonly string[] {
  const places = findings.map(({ in: place, name = '', pointer = '' }) =>
    [place, name, pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*')].join(' '),
  );
  return [...new Set(places)].sort();
}

/** Errors that nobody forced need a state as well: the request alone, without its key, does not lead to them. */
function statesOf(scenario: string, status: number): readonly { readonly name: string }[] {
  if (scenario !== OK) return [{ name: scenario }];
  return status < 400 ? [] : [{ name: `status ${status}` }];
}

/** Parameters in a description. */
const MAX_SHOWN = 5;

function descriptionOf(
  { id }: Operation,
  parameters: readonly string[],
  status: number,
  scenario: string,
): string {
  const names = parameters.slice(0, MAX_SHOWN).map(shownText).join(', ');
  const more = parameters.length > MAX_SHOWN ? ' and more' : '';
  const forced = scenario === OK ? '' : ` (${scenario})`;
  return `${id}${names && ` with ${names}${more}`} answers ${status}${forced}`;
}
