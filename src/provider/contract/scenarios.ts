import type { DocumentedAnswer, Operation, Scenario } from '../../contract/contract.ts';
import { malformedAnswer } from '../../contract/documented-answer.ts';
import { isJson } from '../../contract/media-type.ts';
import { memoize } from '../../memoize.ts';

/** What can go wrong with any API, whatever its contract says. */
export const scenariosOf = memoize((operation: Operation): ReadonlyMap<string, Scenario> => {
  const malformed = malformedOf(operation);
  return malformed ? new Map([...BROKEN_CONNECTIONS, [malformed.name, malformed]]) : BROKEN_CONNECTIONS;
});

/** The connection breaks, or nothing comes. */
const BROKEN_CONNECTIONS: ReadonlyMap<string, Scenario> = new Map(
  (
    [
      ['network-error', 'The connection breaks before a response'],
      ['timeout', 'No response until the client gives up'],
    ] as const
  ).map(([name, summary]) => [name, { name, summary, reply: name, status: null, synthetic: false }]),
);

/** The first half of the JSON that the operation answers with; `null` where it answers with none. */
export function malformedOf({ ok }: Operation): Scenario | null {
  const [first, ...others] = ok.flatMap(breakOff);
  if (!first) return null;
  return {
    name: 'malformed-json',
    summary: 'A body that breaks off in the middle',
    reply: 'malformed',
    status: first.status,
    synthetic: false,
    answers: [first, ...others],
  };
}

function breakOff(answer: DocumentedAnswer): readonly DocumentedAnswer[] {
  return answer.contentType !== null && isJson(answer.contentType) ? [malformedAnswer(answer)] : [];
}
