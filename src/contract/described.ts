import type { DocumentedAnswer, DocumentedAnswers, Operation, ResponseDescription } from './contract.ts';
import { declaredFor } from './media-type.ts';
import type { AnswerOfRange } from './negotiate.ts';

/** What the contract has for a status: the response of that status, else a range such as `4XX`, else `default`. */
export function descriptionOf({ responses }: Operation, status: number): ResponseDescription | undefined {
  const named = (name: string) => responses.find((response) => response.status === name);
  return named(String(status)) ?? responses.find((response) => isRange(response, status)) ?? named('default');
}

/**
 * Statuses by rules that all operations of an API share: not found, not allowed, not acceptable, too often. Contracts
 * often leave them out, and an API says them before it looks at what it was sent.
 */
export const OF_ANY_OPERATION: ReadonlySet<number> = new Set([401, 403, 404, 405, 406, 429]);

/** JSON pointer of the schema of a media type, or of a range that has it. */
export function schemaFor(
  { schemas }: Pick<ResponseDescription, 'schemas'>,
  mediaType: string,
): string | undefined {
  const exact = schemas.get(mediaType);
  if (exact !== undefined) return exact;
  const declared = declaredFor(schemas.keys(), mediaType);
  return declared === undefined ? undefined : schemas.get(declared);
}

function isRange({ status: name }: ResponseDescription, status: number): boolean {
  return name.toUpperCase() === `${Math.floor(status / 100)}XX`;
}

/** The answers of a description, with a status that it covers. */
export function answersWith({ answers }: ResponseDescription, status: number): DocumentedAnswers {
  const [first, ...others] = answers;
  return [withStatus(first, status), ...others.map((answer) => withStatus(answer, status))];
}

/** Copies no value: the body is still made when it is first read. */
function withStatus(answer: DocumentedAnswer, status: number): DocumentedAnswer {
  if (answer.status === status) return answer;
  const { ofRange } = answer;
  const descriptors = {
    ...Object.getOwnPropertyDescriptors(answer),
    status: { value: status, enumerable: true },
    ...(ofRange && { ofRange: { value: inRange(ofRange, status), enumerable: true } }),
  };
  return Object.freeze(Object.create(Object.prototype, descriptors));
}

function inRange({ range, writeAs }: AnswerOfRange<DocumentedAnswer>, status: number) {
  return { range, writeAs: (mediaType: string) => withStatus(writeAs(mediaType), status) };
}
