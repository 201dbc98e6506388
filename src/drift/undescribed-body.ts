import type { ResponseDescription } from '../contract/contract.ts';
import type { ComparedAnswer } from './answer.ts';
import { mediaTypeInWords } from './check-body.ts';
import type { Difference } from './finding.ts';

/**
 * Bodies where the contract describes none, which OpenAPI does not forbid. Where live and mock send the same, clients see
 * no difference.
 *
 * @param live `null`, like `mock`: it has no answer with the status of the response.
 */
export function compareUndescribedBodies(
  response: ResponseDescription,
  live: ComparedAnswer | null,
  mock: ComparedAnswer | null,
): readonly Difference[] {
  if (response.schemas.size > 0) return [];
  const [ofLive, ofMock] = [bodyInWords(live), bodyInWords(mock)];
  const report = (level: Difference['level'], found: string): Difference => ({
    verdict: 'not-in-contract',
    level,
    in: 'body',
    pointer: '',
    expected: 'no body (contract)',
    found,
    contract: response.pointer,
  });
  if (ofLive !== null && ofLive === ofMock) return [report('note', `${ofLive} (live and mock)`)];
  return [
    ...(ofLive === null ? [] : [report('warning', `${ofLive} (live)`)]),
    ...(ofMock === null ? [] : [report('warning', `${ofMock} (mock)`)]),
  ];
}

function bodyInWords(answer: ComparedAnswer | null): string | null {
  if (!answer?.body) return null;
  const { contentType, shownType = contentType } = answer;
  return shownType === null ? 'a body' : mediaTypeInWords(shownType);
}
