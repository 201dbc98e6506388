import { OK, type Operation } from '../../contract/contract.ts';
import { answersWith, descriptionOf } from '../../contract/described.ts';
import type { HeaderField } from '../../contract/message.ts';
import { negotiate } from '../../contract/negotiate.ts';
import type { Outcome, ProviderCall, Refusal } from '../provider.ts';

/** The contract's own answer with the status of an error; `null` where it describes none. */
export function describeError(
  { request, route: { operation } }: Pick<ProviderCall, 'request' | 'route'>,
  status: number,
  hint: string,
): Outcome | null {
  const description = descriptionOf(operation, status);
  if (!description || (description.status === 'default' && !describesSuccess(operation))) return null;
  const answers = answersWith(description, status);
  const answer = negotiate(answers, request.headers.accept) ?? answers[0];
  return {
    answer: { ...answer, hint },
    scenario: OK,
    source: answer.source,
    synthetic: false,
    reached: true,
  };
}

/** Where it describes none, its `default` is about success. */
function describesSuccess({ responses }: Operation): boolean {
  return responses.some(({ status }) => /^[23]/.test(status));
}

/** Leaves the words to the mock. */
export function refuse(
  refusal: Refusal['refusal'],
  detail: string,
  headers: readonly HeaderField[] = [],
): Refusal {
  return { refusal, detail, headers };
}
