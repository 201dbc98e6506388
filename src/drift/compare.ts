import type { Contract, Operation } from '../contract/contract.ts';
import { descriptionOf } from '../contract/described.ts';
import { mayBeUndocumented } from '../mock/answer-check.ts';
import type { ComparedAnswer } from './answer.ts';
import { type CheckedBody, checkBody } from './check-body.ts';
import { checkHeaders, compareHeaders } from './check-headers.ts';
import { compareShapes } from './compare-shapes.ts';
import type { Difference, DriftFinding } from './finding.ts';
import { compareUndescribedBodies } from './undescribed-body.ts';

/** What the three sides say of one request. */
export interface Answers {
  readonly live: ComparedAnswer;
  /** The status of a redirect that led to the answer; `null`: there was none. */
  readonly redirected: number | null;
  /** What the mock answers where it is not asked for a status; `null`: nothing that could be compared. */
  readonly mock: ComparedAnswer | null;
  /** What the mock answers with the status of live; `null`: it has no such answer. */
  readonly mockOfStatus: ComparedAnswer | null;
}

/** Findings for one operation; more of them say nothing new. */
export const MAX_FINDINGS = 100;

/** Compares the answers to one request with each other and with the contract. */
export function compare(contract: Contract, operation: Operation, answers: Answers): readonly DriftFinding[] {
  const { live, mock, mockOfStatus } = answers;
  const ofMock =
    mock === null ? [] : withPlace(operation, mock, checkMock(contract, operation, answers, mock));
  const ofLive = [
    ...compareLive(contract, operation, live, mockOfStatus),
    ...compareStatus(operation, answers),
    ...redirectOf(operation, answers),
  ];
  return [...withPlace(operation, live, ofLive), ...ofMock].slice(0, MAX_FINDINGS);
}

function withPlace(
  { id }: Operation,
  { status }: ComparedAnswer,
  differences: readonly Difference[],
): readonly DriftFinding[] {
  return differences.map((difference) => ({ operation: id, status, ...difference }));
}

function compareLive(
  contract: Contract,
  operation: Operation,
  live: ComparedAnswer,
  mock: ComparedAnswer | null,
): readonly Difference[] {
  const response = descriptionOf(operation, live.status);
  if (!response) return [undocumentedStatus(operation, live.status, 'live-breaks-contract', mock !== null)];
  const body = checkBody(contract, response, live, 'live-breaks-contract');
  return [
    ...checkHeaders(contract, response, live, 'live-breaks-contract'),
    ...compareHeaders(response, live, mock),
    ...body.differences,
    ...compareUndescribedBodies(response, live, mock),
    ...(body.shape
      ? compareShapes(body.shape, shapeOfMock(contract, operation, mock), body.broken, body.pointer)
      : []),
  ];
}

/** Live may answer with another status than the mock, and both be documented. */
function compareStatus(operation: Operation, { live, mock }: Answers): readonly Difference[] {
  const response = descriptionOf(operation, live.status);
  if (!mock || !response || live.status >= 400 || live.status === mock.status) return [];
  return [
    {
      verdict: 'both-keep-contract',
      // The rows of the mock may be the reason of an error.
      level: mock.status < 400 ? 'warning' : 'note',
      in: 'status',
      expected: `${mock.status} (mock)`,
      found: String(live.status),
      contract: response.pointer,
    },
  ];
}

function redirectOf(operation: Operation, { redirected }: Answers): readonly Difference[] {
  if (redirected === null) return [];
  const found = `a redirect (${redirected}) to the same origin`;
  const place = { in: 'status', contract: operation.pointer } as const;
  return [
    { verdict: 'not-in-contract', level: 'warning', ...place, expected: 'no redirect (contract)', found },
  ];
}

/** `null` where the mock has no body, or one in another media type. */
function shapeOfMock(
  contract: Contract,
  operation: Operation,
  mock: ComparedAnswer | null,
): CheckedBody['shape'] {
  const response = mock ? descriptionOf(operation, mock.status) : undefined;
  return mock && response ? checkBody(contract, response, mock, 'mock-breaks-contract').shape : null;
}

function checkMock(
  contract: Contract,
  operation: Operation,
  { live }: Answers,
  mock: ComparedAnswer,
): readonly Difference[] {
  const response = descriptionOf(operation, mock.status);
  if (!response) {
    const difference = undocumentedStatus(operation, mock.status, 'mock-breaks-contract', true);
    return difference.level === 'error' ? [difference] : [];
  }
  return [
    ...checkHeaders(contract, response, mock, 'mock-breaks-contract'),
    ...checkBody(contract, response, mock, 'mock-breaks-contract').differences,
    // With the status of live, both have been compared.
    ...(mock.status === live.status ? [] : compareUndescribedBodies(response, null, mock)),
  ];
}

/** A status that the contract does not have. Where it may leave it out, or has no responses at all, nothing is broken. */
function undocumentedStatus(
  operation: Operation,
  status: number,
  verdict: Difference['verdict'],
  isShared: boolean,
): Difference {
  const { responses, pointer: contract } = operation;
  const place = { in: 'status', found: String(status), contract } as const;
  const documented = responses.map((response) => response.status).join(', ');
  const expected = documented === '' ? 'no response (contract)' : `one of ${documented}`;
  if (documented !== '' && !mayBeUndocumented(operation, status))
    return { verdict, level: 'error', expected, ...place };
  // Errors are said to be the reason why success is not compared.
  const level = isShared || status >= 400 ? 'note' : 'warning';
  return { verdict: 'not-in-contract', level, expected, ...place };
}
