import type { Operation } from '../contract/contract.ts';
import { headerOf } from '../contract/message.ts';
import type { CoreMock } from '../mock/mock.ts';
import type { ComparedAnswer } from './answer.ts';
import { type ParameterValues, type PlannedRequest, planRequest } from './plan.ts';

/** What the mock answers where it is not asked for a status, and with the status of the live server. */
export interface MockAnswers {
  readonly mock: ComparedAnswer | null;
  readonly mockOfStatus: ComparedAnswer | null;
}

/**
 * Asks the mock as the live server was asked, with the examples of the contract: it has rows of its own, in which the
 * ids of the live server do not exist.
 *
 * @param mock checks neither keys nor answers.
 */
export function askMock(
  mock: CoreMock,
  operation: Operation,
  liveRequest: PlannedRequest,
  status: number,
): MockAnswers {
  const plan = planRequest(operation, NO_VALUES);
  const request = typeof plan === 'string' ? liveRequest : plan;
  const own = ask(mock, operation, request, {});
  if (own?.status === status) return { mock: own, mockOfStatus: own };
  const same = ask(mock, operation, request, { prefer: `code=${status}` });
  return { mock: own, mockOfStatus: same?.status === status ? same : null };
}

const NO_VALUES: ParameterValues = new Map();

function ask(
  mock: CoreMock,
  { basePaths: [basePath = ''] }: Operation,
  { method, path, query, headers }: PlannedRequest,
  more: Readonly<Record<string, string>>,
): ComparedAnswer | null {
  const reply = mock.answer({
    method,
    path: basePath + path,
    query,
    headers: { ...headers, ...more },
    body: null,
  });
  if (reply.kind !== 'response') return null;
  const contentType = headerOf(reply.headers, 'Content-Type') ?? null;
  const { status, headers: sent, body } = reply;
  return { status, headers: sent, contentType, body: method === 'HEAD' ? null : (body ?? '') };
}
